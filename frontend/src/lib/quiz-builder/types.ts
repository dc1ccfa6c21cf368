/** Short names for what the quizzes' part of the contract calls its things. */
import type { components } from '../api/schema.d.ts';

type Schemas = components['schemas'];

export type QuizText = Schemas['BlueprintText'];
export type Rule = Schemas['BlueprintRule'];
export type Points = Schemas['ResultPoints'];
export type Point = Points['answers'];
export type Part = keyof Points;
export type QuizCard = Schemas['BlueprintCard'];
export type Blueprint = Schemas['Blueprint'];
export type Forecast = Schemas['PaperForecast'];
export type Finding = Schemas['BlueprintFinding'];
export type Sample = Schemas['SamplePaper'];
export type Override = Schemas['QuizOverride'];
export type OverrideRequest = Schemas['OverrideRequest'];
