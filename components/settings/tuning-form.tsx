"use client";
import { type FormEvent, type ReactNode, useId, useState } from "react";
import { useChange } from "@/lib/client/use-change";
import type { TunedControl } from "@/lib/contracts/settings";
import { toSentence } from "@/lib/format/tuning-words";
import { SEVERITY_WORDS } from "@/lib/format/words";
import { SEVERITIES, type Severity } from "@/lib/model/severity";
import { Button } from "../primitives/button";
import { Field } from "../primitives/field";
import { PostureLink } from "../shell/posture-link";
import { SaveNote } from "./save-note";

/** One control with its settings of now. */
export type Tunable = Omit<TunedControl, "since" | "layer">;

const OFF = "off";
const PLAIN = "plain";

function choiceOf({ disabled, reweighted }: Tunable): string {
  return disabled === null ? (reweighted?.severity ?? PLAIN) : OFF;
}

function bodyOf(id: string, value: string, reason: string) {
  const severity: Severity | undefined = SEVERITIES.find((known) => known === value);
  return { disabledControls: { [id]: value === OFF ? reason : null }, reweightedControls: { [id]: severity === undefined ? null : { severity, reason } } };
}

/** What one control does in this cluster, and why. */
export function TuningForm({ cluster, base, control }: { readonly cluster: string; readonly base: string; readonly control: Tunable }): ReactNode {
  const formId = useId();
  const { isAsking, problem, ask } = useChange();
  const [value, setValue] = useState(choiceOf(control));
  const [problems, setProblems] = useState<readonly string[]>([]);
  const [isSaved, setIsSaved] = useState(false);
  const elsewhere = SEVERITY_WORDS[control.severity].toLowerCase();
  const save = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const reason = String(new FormData(event.currentTarget).get("reason") ?? "");
    const { reasonSchema } = await import("@/lib/contracts/settings");
    const found = value === PLAIN ? [] : (reasonSchema.safeParse(reason).error?.issues ?? []).map(({ message }) => toSentence(message));
    setProblems(found);
    const path = `/api/v1/clusters/${encodeURIComponent(cluster)}/settings`;
    setIsSaved(found.length === 0 && (await ask({ path, method: "PATCH", body: bodyOf(control.id, value, reason) })));
  };
  return (
    <form className="tune" aria-label={`Tune ${control.id}`} onSubmit={(event) => void save(event)} onChange={() => setIsSaved(false)}>
      <p className="tune-t">
        <PostureLink className="link" href={`${base}/controls/${control.id}`}>
          {control.title}
        </PostureLink>{" "}
        <span className="mono soft">{control.id}</span>
      </p>
      <Field id={`${formId}here`} label="In this cluster">
        {(ids) => (
          <select {...ids} className="ctl line" value={value} onChange={(event) => setValue(event.target.value)}>
            <option value={PLAIN}>{`It counts as everywhere: ${elsewhere}`}</option>
            {SEVERITIES.map((severity) => (
              <option key={severity} value={severity}>{`It counts as ${SEVERITY_WORDS[severity].toLowerCase()}`}</option>
            ))}
            <option value={OFF}>It is off: not judged, in no score</option>
          </select>
        )}
      </Field>
      {value === PLAIN ? null : (
        <Field id={`${formId}reason`} label="Reason" problems={problems} help="Shown wherever the control is, with the day.">
          {(ids) => (
            <textarea {...ids} className="input" name="reason" rows={2} maxLength={500} defaultValue={control.disabled ?? control.reweighted?.reason ?? ""} />
          )}
        </Field>
      )}
      <div className="state acts">
        <Button type="submit" kind="solid" disabled={isAsking}>
          Save
        </Button>
        <PostureLink className="ctl" href={`${base}/settings#controls`} scroll={false}>
          Another control
        </PostureLink>
        <SaveNote isSaved={isSaved} problem={problem} saved="Saved. The next scan judges by it." />
      </div>
    </form>
  );
}
