/**
 * Characters that show nothing and can make a text look like another one: controls other than blanks, those that turn the order of what follows (Unicode's
 * bidirectional controls), those of no width, and tags. Joiners are left where scripts and emoji need them: after a letter without case, a mark, or a picture.
 */
export const HIDDEN_CHARACTERS =
  /(?![\t\n\r])\p{Cc}|(?![\u200c\u200d]|\p{Variation_Selector})[\p{Default_Ignorable_Code_Point}\u2028\u2029]|(?<![\p{Lo}\p{M}\p{Extended_Pictographic}\p{Emoji_Modifier}])[\u200c\u200d]/gu;
