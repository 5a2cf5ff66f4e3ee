import { messageOf } from "../model/message-of";

/** Why a file cannot be read or written, as the end of a sentence. */
export function explainFileError(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === "ENOENT") return "it does not exist";
  if (code === "EISDIR") return "it is a folder";
  if (code === "EACCES" || code === "EPERM") return "permission denied";
  if (code === "ELOOP") return "its links lead in a circle";
  if (code === "ERR_ENCODING_INVALID_ENCODED_DATA") return "it is not UTF-8 text";
  return code === "ENOSPC" ? "no space is left" : messageOf(error);
}

/** "x.yaml does not exist.", "It cannot be read: permission denied." */
export function sayUnread(file: string, error: unknown): string {
  const why = explainFileError(error);
  return why === "it does not exist" ? `${file} does not exist.` : `${file} cannot be read: ${why}.`;
}
