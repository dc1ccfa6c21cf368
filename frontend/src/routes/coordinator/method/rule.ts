/** The rule that the page explains, as internal/readiness has it; each cohort's figures carry it too. */
export const TARGET = 0.7;
export const MIN_ANSWERS = 3;
