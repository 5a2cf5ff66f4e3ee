/** Pixels of the picture that stands for a link where it is shared. */
export const CARD_SIZE = { width: 1200, height: 630 } as const;
