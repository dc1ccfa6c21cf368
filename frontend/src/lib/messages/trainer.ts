import { trainer } from './en/trainer.ts';
import type { Widened } from './index.ts';

/** The words that all of the trainer's pages share: a catalogue of its own, so that no trainee's phone loads it. */
export type TrainerMessages = Widened<typeof trainer>;

const catalogues: Record<string, TrainerMessages> = { en: trainer };

/** The catalogue for a locale; English where there is none. */
export function trainerCatalogue(locale: string): TrainerMessages {
	return catalogues[locale.split('-')[0] ?? ''] ?? trainer;
}
