import { messageOf } from "../model/message-of";

const ABSENT = "it does not exist";

/** Why a file cannot be read or written, as the end of a sentence. */
function explainFileError(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === "ENOENT") return ABSENT;
  if (code === "EISDIR") return "it is a folder";
  if (code === "EACCES" || code === "EPERM") return "permission denied";
  if (code === "ELOOP") return "its links lead in a circle";
  if (code === "ERR_ENCODING_INVALID_ENCODED_DATA") return "it is not UTF-8 text";
  return code === "ENOSPC" ? "no space is left" : messageOf(error);
}

/** The same of a place to write to: what does not exist is its folder. */
export function explainUnwritten(error: unknown): string {
  const why = explainFileError(error);
  return why === ABSENT ? "its folder does not exist" : why;
}

/** "x.yaml does not exist.", "It cannot be read: permission denied." */
export function sayUnread(file: string, error: unknown): string {
  const why = explainFileError(error);
  return why === ABSENT ? `${file} does not exist.` : `${file} cannot be read: ${why}.`;
}
