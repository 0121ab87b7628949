import { Injectable } from '@nestjs/common';
import { DataSource, In } from 'typeorm';
import { State } from '#libs/database/entities/state.entity.js';
import { REGIONS } from '#libs/standing-offers/offer-facts.js';

/** Those that belong to no regional group. */
export const OTHER_STATES = 'Other States';

export interface StateGroup {
  /** A regional group, or `OTHER_STATES`: words for pages. */
  title: string;
  states: { code: string; name: string; chosen: boolean }[];
  chosen: number;
}

/** The States that offers hold as codes, by their names. */
@Injectable()
export class OfferStates {
  constructor(private readonly dataSource: DataSource) {}

  /** Every State, by name within its group; `chosen`: codes, whether or not there is such a State. */
  async groups(chosen: readonly string[]): Promise<StateGroup[]> {
    const all = await this.dataSource.manager.find(State, { order: { name: 'ASC' } });
    const groupOf = ({ region }: State): string => REGIONS.find((one) => one === region) ?? OTHER_STATES;
    return [...REGIONS, OTHER_STATES].flatMap((title) => {
      const states = all
        .filter((state) => groupOf(state) === title)
        .map(({ code, name }) => ({ code, name, chosen: chosen.includes(code) }));
      return states.length ? [{ title, states, chosen: states.filter((one) => one.chosen).length }] : [];
    });
  }

  /** Names of these States, by their codes. */
  async named(codes: readonly string[]): Promise<Record<string, string>> {
    const states = await this.dataSource.manager.find(State, { where: { code: In([...codes]) } });
    return Object.fromEntries(states.map(({ code, name }) => [code, name]));
  }
}

/** The names of an offer's States in alphabetical order; a code that stands for none, as it is. */
export const namesIn = (names: Readonly<Record<string, string>>, codes: readonly string[]): string[] =>
  codes.map((code) => names[code] ?? code).sort((a, b) => a.localeCompare(b));
