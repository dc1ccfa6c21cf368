/** Short names for what the bank's part of the contract calls its things. */
import type { components } from '../api/schema.d.ts';

type Schemas = components['schemas'];

export type QuestionText = Schemas['QuestionText'];
export type QuestionOption = Schemas['QuestionOption'];
export type QuestionPair = Schemas['QuestionPair'];
export type QuestionBlank = Schemas['QuestionBlank'];
export type QuestionMistake = Schemas['QuestionMistake'];
export type QuestionCriterion = Schemas['QuestionCriterion'];
export type QuestionPassage = Schemas['QuestionPassage'];
export type QuestionFinding = Schemas['QuestionFinding'];
export type QuestionPreview = Schemas['QuestionPreview'];
export type BankItem = Schemas['BankItem'];
export type BankList = Schemas['BankList'];
export type BankQuestion = Schemas['BankQuestion'];
export type QuestionHistory = Schemas['QuestionHistory'];
export type QuestionComments = Schemas['QuestionComments'];
export type QuestionOutcomes = Schemas['QuestionOutcomes'];
export type QuestionFilter = Schemas['QuestionFilter'];
export type BulkAction = Schemas['QuestionChanges']['action'];
export type Kind = QuestionText['kind'];
export type State = BankItem['state'];
