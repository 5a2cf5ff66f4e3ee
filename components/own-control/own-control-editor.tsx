"use client";
import { useRouter } from "next/navigation";
import { type FormEvent, type ReactNode, useState } from "react";
import { toFieldProblems } from "@/lib/client/field-problems";
import { useChange } from "@/lib/client/use-change";
import type { OwnControlDto, OwnSubjectChoice } from "@/lib/contracts/own-controls";
import { Button } from "../primitives/button";
import { SaveNote } from "../settings/save-note";
import { DeleteControl } from "./delete-control";
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
  const { isAsking, problem, ask } = useChange();
  const [draft, setDraft] = useState<OwnControlDto>(spec ?? NEW);
  const [problems, setProblems] = useState<Readonly<Record<string, readonly string[]>>>({});
  const trial = useTrial(cluster);
  const path = ownControlsPath(cluster);
  const save = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const { ownControlSchema } = await import("@/lib/contracts/own-controls");
    const parsed = ownControlSchema.safeParse(draft);
    setProblems(toFieldProblems(parsed.error?.issues ?? [], { ...draft }));
    if (!parsed.success) return;
    const request = spec === null ? { path, method: "POST" as const } : { path: `${path}/${spec.id}`, method: "PUT" as const };
    if (await ask({ ...request, body: parsed.data })) router.push(`${base}/settings#own-controls`);
  };
  return (
    <div className="sec cols">
      <div className="c8 own-form">
        <form className="own-form" aria-label="Control" onSubmit={(event) => void save(event)}>
          <OwnControlFields draft={draft} subjects={subjects} isNew={spec === null} problems={problems} onChange={(part) => setDraft({ ...draft, ...part })} />
          <div className="state acts">
            <Button disabled={trial.isTrying || draft.expression.trim() === ""} onClick={() => void trial.run(draft)}>
              {trial.isTrying ? "Testing…" : "Test"}
            </Button>
            <Button type="submit" kind="solid" disabled={isAsking}>
              Save
            </Button>
            {spec === null ? null : <DeleteControl path={`${path}/${spec.id}`} onDeleted={() => router.push(`${base}/settings#own-controls`)} />}
            <SaveNote isSaved={false} problem={problem} />
          </div>
        </form>
        <TrialResult trial={trial} draft={draft} cluster={cluster} />
      </div>
      <div className="c4">
        <OwnControlHelp
          variables={subjects.find(({ name }) => name === draft.subject)?.variables ?? []}
          subject={draft.subject}
          onUse={(example) => setDraft(spec === null ? example : { ...draft, subject: example.subject, expression: example.expression })}
        />
      </div>
    </div>
  );
}
