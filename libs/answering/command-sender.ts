import type { CommandDesk, ReceivedCommand } from '#libs/case-store/command-desk.js';
import type { UnstartedCases } from '#libs/case-store/unstarted-cases.js';
import type { AssistanceCase } from '#libs/database/entities/assistance-case.entity.js';
import type { Actor } from '#libs/domain/access/roles.js';
import type { CaseCommand, CommandVerb } from '#libs/domain/case/commands/index.js';
import { obstacleTo, possibleVerbs } from '#libs/domain/case/decide.js';
import type { CaseState } from '#libs/domain/case/state.js';
import type { CaseClient } from '#libs/temporal/case-client.js';
import { CaseNotRunning, CommandRefused } from '#libs/temporal/update-errors.js';

/** Hands commands to cases, whichever door they came through. */
export class CommandSender {
  constructor(
    private readonly commands: CommandDesk,
    private readonly unstarted: UnstartedCases,
    private readonly client: CaseClient,
  ) {}

  /**
   * Applies a command once; the same key gives the same answer.
   * @returns the version of the case right after it
   * @throws CommandRefused · KeyReused · WorkflowUnavailable (then the same call may be repeated)
   */
  async send(row: AssistanceCase, actor: Actor, key: string, command: CaseCommand): Promise<number> {
    const received = await this.commands.receive(row.id, actor.personId, key, command);
    if (received.appliedVersion !== null) return received.appliedVersion;
    await this.refuseUnlessPermitted(received.commandId, command.verb, row.state, actor);
    return this.apply(row, received);
  }

  /** What is not for this person at all is refused here, also while Temporal is away; the decider has the last word. */
  private async refuseUnlessPermitted(
    commandId: string,
    verb: CommandVerb,
    state: CaseState,
    actor: Actor,
  ): Promise<void> {
    const [code, reason] = obstacleTo(verb, state, actor) ?? [];
    if (code !== 'not_permitted') return;
    await this.commands.forget(commandId);
    throw new CommandRefused(code, reason ?? '', possibleVerbs(state, actor));
  }

  private async apply(row: AssistanceCase, command: ReceivedCommand): Promise<number> {
    const { commandId } = command;
    try {
      await this.deliver(row, command);
    } catch (error) {
      if (error instanceof CommandRefused) await this.commands.forget(commandId);
      throw error;
    }
    const version = await this.commands.appliedVersion(commandId);
    if (version === null) throw new Error('an applied command has no version');
    return version;
  }

  /** A case whose workflow has not started yet, or has ended because nothing could fall due, is started for this command. */
  private async deliver(row: AssistanceCase, command: ReceivedCommand): Promise<void> {
    try {
      await this.client.command(row.id, command);
    } catch (error) {
      if (!(error instanceof CaseNotRunning)) throw error;
      if ((await this.commands.appliedVersion(command.commandId)) !== null) return;
      await this.client.commandAndStart({ caseId: row.id, version: row.version }, command);
      await this.unstarted.markStarted(row.id);
    }
  }
}
