/** Short names for what the marking part of the contract calls its things. */
import type { components } from '../api/schema.d.ts';

type Schemas = components['schemas'];

export type EssayItem = Schemas['EssayItem'];
export type EssayList = Schemas['EssayList'];
export type Essay = Schemas['Essay'];
export type EssayCriterion = Schemas['EssayCriterion'];
export type EssayMark = Schemas['EssayMark'];
export type EssayMarking = Schemas['EssayMarking'];

/** A mark that was just saved: of which answer, and how much of what could be had. */
export type Given = { id: string; got: number; most: number };
