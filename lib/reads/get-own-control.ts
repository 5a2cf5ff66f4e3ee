import "server-only";
import type { OwnControlDto, OwnSubjectChoice } from "@/lib/contracts/own-controls";
import { findOwnSubject, listOwnSubjects } from "@/lib/controls/own/own-subject";
import { AppError } from "@/lib/errors/app-error";
import { getSettings } from "./get-settings";

interface OwnControlEditing {
  /** null = a new one. */
  readonly spec: OwnControlDto | null;
  readonly subjects: readonly OwnSubjectChoice[];
}

/** What the editor of an own control starts from. Throws not-found. */
export async function getOwnControl(slug: string, id: string | null): Promise<OwnControlEditing> {
  const { ownControls } = await getSettings(slug);
  const spec = ownControls.find((known) => known.id === id) ?? null;
  if (id !== null && spec === null) throw new AppError("not-found", `This cluster has no own control called ${id}.`);
  return { spec, subjects: listOwnSubjects().map((name) => ({ name, variables: findOwnSubject(name)?.variables ?? [] })) };
}
