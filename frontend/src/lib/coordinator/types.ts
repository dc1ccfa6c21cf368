import type { components } from '../api/schema.d.ts';

/** Short names for what the coordinator's pages read. */
type Schemas = components['schemas'];

export type Cohort = Schemas['Cohort'];
export type CohortAssignment = Schemas['CohortAssignment'];
export type Readiness = Schemas['Readiness'];
export type Need = Schemas['CohortNeed'];
export type OutcomeFigures = Schemas['OutcomeOverview'];
export type Gain = Schemas['LearningGain'];
export type Worry = Schemas['WorryCount'];
export type PersonList = Schemas['PersonList'];
export type ModuleColumn = Schemas['ModuleColumn'];
export type Person = Schemas['Person'];
export type PersonModule = Schemas['ModuleStanding'];
export type PersonDetail = Schemas['PersonDetail'];
export type PersonOutcome = Schemas['OutcomeStanding'];
export type Attempt = Schemas['AttemptSummary'];
export type Reason = Schemas['Reason'];

export type Spared = Schemas['Spared'];
export type Extending = Schemas['ExtensionRequest'];
export type Rules = Schemas['Rules'];

export type Standing = Person['standing'];
export const STANDINGS: Standing[] = ['ready', 'will_lapse', 'behind', 'not_started'];
