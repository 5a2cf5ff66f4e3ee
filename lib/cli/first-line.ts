import { messageOf } from "../model/message-of";

/** What an error says first, in at most 300 characters: what follows is an excerpt of the input, or a trace. */
export function firstLine(error: unknown): string {
  const message = messageOf(error);
  return (message.split("\n")[0] ?? message).slice(0, 300);
}
