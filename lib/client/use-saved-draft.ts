"use client";
import { type FormEvent, useEffect, useState } from "react";
import { type ApiRequest, NO_ANSWER } from "./api-call";
import { useChange } from "./use-change";
import { type Draft, useDraft } from "./use-draft";

interface SavedDraftOptions<T> {
  /** Of this form alone. */
  readonly name: string;
  readonly stored: T;
  /** Whether a value can be saved; tells its form what is wrong. A rejection is code that could not be loaded. */
  readonly check?: (value: T) => Promise<boolean>;
  /** What saves a value; `base` is what it was made from, for the server to compare. */
  readonly toRequest: (value: T, base: T) => ApiRequest;
  /** What makes it anew, where somebody else deleted what is changed; left out where nobody can. */
  readonly toAnew?: (value: T) => ApiRequest;
  /** What is stored now, after somebody else's change was in the way. Throws RequestError. */
  readonly readStored: () => Promise<T>;
}

interface SavedDraft<T> extends Draft<T> {
  readonly isAsking: boolean;
  /** What was saved is what is shown. */
  readonly isSaved: boolean;
  readonly problem: string | null;
  /** Saves, for `onSubmit`; true when it was saved. What cannot be saved gets the focus at its first problem. */
  readonly submit: (event: FormEvent<HTMLFormElement>) => Promise<boolean>;
}

/** A form whose save never undoes what somebody else saved in between: it is told, keeps what was written, and puts it in place when saved again, also of what was deleted. */
export function useSavedDraft<T extends object>({ name, stored, check, toRequest, toAnew, readStored }: SavedDraftOptions<T>): SavedDraft<T> {
  const draft = useDraft(name, stored);
  const { problem, ask } = useChange({ isWritten: true });
  // From the first look at what was written until the answer is there: a second Enter in between would be taken for somebody else's change.
  const [isAsking, setIsAsking] = useState(false);
  const [last, setLast] = useState<"saved" | "overtaken" | "deleted" | "failed" | "unanswered" | null>(null);
  const [isDeleted, setIsDeleted] = useState(false);
  const [refused, setRefused] = useState<{ readonly form: HTMLFormElement } | null>(null);
  // The marks of what is wrong are drawn by then.
  useEffect(() => refused?.form.querySelector<HTMLElement>("[aria-invalid='true']")?.focus(), [refused]);
  const save = async (): Promise<boolean> => {
    const { value, base } = draft;
    const isGood = check ? await check(value).catch(() => null) : true;
    if (isGood !== true) {
      setLast(isGood === null ? "unanswered" : null);
      return false;
    }
    const refusal = await ask(isDeleted && toAnew ? toAnew(value) : toRequest(value, base));
    if (refusal === null) draft.rebase(value);
    const newer = refusal === "conflict" ? await readStored().catch(() => null) : null;
    if (newer !== null) draft.rebase(newer);
    const isGone = refusal === "not-found" && toAnew !== undefined;
    setIsDeleted(isGone || (isDeleted && refusal !== null && newer === null));
    setLast(refusal === null ? "saved" : isGone ? "deleted" : newer === null ? "failed" : "overtaken");
    return refusal === null;
  };
  const submit = async (event: FormEvent<HTMLFormElement>): Promise<boolean> => {
    event.preventDefault();
    if (isAsking) return false;
    const form = event.currentTarget;
    setIsAsking(true);
    const isGood = await save().finally(() => setIsAsking(false));
    if (!isGood) setRefused({ form });
    return isGood;
  };
  const problems = {
    saved: null,
    failed: problem,
    unanswered: NO_ANSWER,
    overtaken: `${problem ?? ""} Save again to put what is written here in its place.`,
    deleted: `${problem ?? ""} It was deleted meanwhile: save again to add it anew, as it is written here.`,
  };
  return {
    ...draft,
    isAsking,
    isSaved: last === "saved" && !draft.isChanged,
    problem: last === null ? null : problems[last],
    submit,
    discard: () => {
      draft.discard();
      setLast(null);
    },
  };
}
