/** Short names for what the contract calls the figures of quizzes and questions. */
import type { components } from '../api/schema.d.ts';

type Schemas = components['schemas'];

export type AnalysedQuiz = Schemas['AnalysedQuiz'];
export type QuizAnalysis = Schemas['QuizAnalysis'];
export type TestStatistics = Schemas['TestStatistics'];
export type ItemRow = Schemas['ItemRow'];
export type ItemAnalysis = Schemas['ItemAnalysis'];
export type ItemDetail = Schemas['ItemDetail'];
export type OptionAnalysis = Schemas['OptionAnalysis'];
export type CurvePoint = Schemas['CurvePoint'];
export type InformationPoint = Schemas['InformationPoint'];
export type VersionAnalysis = Schemas['VersionAnalysis'];
export type Verdict = Schemas['Verdict'];
export type Regrade = Schemas['Regrade'];
export type RegradeRequest = Schemas['RegradeRequest'];
export type Which = QuizAnalysis['which'];
