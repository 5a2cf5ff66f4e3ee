"use client";
import { useRouter } from "next/navigation";
import { type FormEvent, type ReactNode, useState } from "react";
import type { ApiRequest } from "@/lib/client/api-call";
import { toFieldProblems } from "@/lib/client/field-problems";
import { readSettings } from "@/lib/client/read-settings";
import { useSavedDraft } from "@/lib/client/use-saved-draft";
import type { OwnControlDto, OwnSubjectChoice } from "@/lib/contracts/own-controls";
import { Button } from "../primitives/button";
import { SaveBar } from "../settings/save-bar";
import { DeleteControl } from "./delete-control";
import { ownDraftName } from "./draft-name";
import { ownControlsPath } from "./own-controls-path";
import { OwnControlFields } from "./own-control-fields";
import { OwnControlHelp } from "./own-control-help";
import { TrialResult } from "./trial-result";
import { useTrial } from "./use-trial";

interface OwnControlEditorProps {
  readonly cluster: string;
  readonly base: string;
  readonly spec: OwnControlDto | null;
  readonly subjects: readonly OwnSubjectChoice[];
}

const NEW: OwnControlDto = { id: "", title: "", layer: "container", severity: "medium", subject: "workload", expression: "", message: "", fix: "" };

/** Form left with what a trial came to below, help right. */
export function OwnControlEditor({ cluster, base, spec, subjects }: OwnControlEditorProps): ReactNode {
  const router = useRouter();
  const path = ownControlsPath(cluster);
  const [problems, setProblems] = useState<Readonly<Record<string, readonly string[]>>>({});
  const toAnew = (value: OwnControlDto): ApiRequest => ({ path, method: "POST", body: value });
  const form = useSavedDraft<OwnControlDto>({
    name: ownDraftName(cluster, spec?.id ?? ""),
    stored: spec ?? NEW,
    check: async (value) => {
      const { ownControlSchema } = await import("@/lib/contracts/own-controls");
      const parsed = ownControlSchema.safeParse(value);
      setProblems(toFieldProblems(parsed.error?.issues ?? [], { ...value }));
      return parsed.success;
    },
    toRequest: (value, was) => (spec === null ? toAnew(value) : { path: `${path}/${spec.id}`, method: "PUT", body: { ...value, was } }),
    ...(spec !== null && { toAnew }),
    readStored: async () => {
      const stored = (await readSettings(cluster)).ownControls.find(({ id }) => id === spec?.id);
      if (!stored) throw new Error("It is new, or was deleted.");
      return stored;
    },
  });
  const { value: draft, change } = form;
  const trial = useTrial(cluster);
  const leave = (): void => {
    form.discard();
    router.push(`${base}/settings#own-controls`);
  };
  const save = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    if (await form.submit(event)) leave();
  };
  return (
    <div className="sec cols">
      <div className="c8 own-form">
        <form className="own-form" aria-label="Control" onSubmit={(event) => void save(event)}>
          <OwnControlFields draft={draft} subjects={subjects} isNew={spec === null} problems={problems} onChange={change} />
          <SaveBar
            draft={form}
            saved="Saved."
            onDiscard={() => setProblems({})}
            before={
              <Button disabled={trial.isTrying || draft.expression.trim() === ""} onClick={() => void trial.run(draft)}>
                {trial.isTrying ? "Testing…" : "Test"}
              </Button>
            }
          >
            {spec === null ? null : <DeleteControl path={`${path}/${spec.id}`} onDeleted={leave} />}
          </SaveBar>
        </form>
        <TrialResult trial={trial} draft={draft} cluster={cluster} />
      </div>
      <div className="c4">
        <OwnControlHelp
          variables={subjects.find(({ name }) => name === draft.subject)?.variables ?? []}
          subject={draft.subject}
          onUse={(example) => change(spec === null ? { why: undefined, ...example } : { subject: example.subject, expression: example.expression })}
        />
      </div>
    </div>
  );
}
