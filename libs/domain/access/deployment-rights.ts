import type { Role } from './roles.js';

/** What can be done with what belongs to no case and no person: the rules that all cases go by, organisations, the records. */
export type DeploymentAction =
  | 'read-rules'
  | 'publish-rules'
  | 'apply-rules'
  | 'manage-organisations'
  | 'manage-tokens'
  | 'read-audit'
  | 'read-checkpoints'
  | 'edit-mail-templates'
  | 'read-mail'
  | 'decide-mail'
  | 'triage-mail';

export const DEPLOYMENT_RIGHTS: Record<DeploymentAction, readonly Role[]> = {
  'read-rules': ['coordinator', 'coordinator_lead', 'isu', 'admin'],
  'publish-rules': ['coordinator_lead', 'admin'],
  'apply-rules': ['coordinator_lead'],
  'manage-organisations': ['admin'],
  'manage-tokens': ['admin'],
  'read-audit': ['coordinator_lead', 'isu', 'admin'],
  'read-checkpoints': ['coordinator_lead', 'isu', 'admin'],
  'edit-mail-templates': ['coordinator_lead', 'isu', 'admin'],
  'read-mail': ['coordinator', 'coordinator_lead', 'isu', 'admin'],
  // Whether a mail whose outcome is unknown goes once more.
  'decide-mail': ['coordinator', 'coordinator_lead', 'isu', 'admin'],
  'triage-mail': ['coordinator', 'coordinator_lead', 'isu'],
};

/** Those that concern calendars and policies. */
export type RulesAction = Extract<DeploymentAction, `${string}-rules`>;
