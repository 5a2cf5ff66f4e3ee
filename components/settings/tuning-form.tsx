"use client";
import { type ReactNode, useId, useState } from "react";
import { readSettings, settingsPath } from "@/lib/client/read-settings";
import { useSavedDraft } from "@/lib/client/use-saved-draft";
import type { TunedControl } from "@/lib/contracts/settings";
import { toSentence } from "@/lib/format/tuning-words";
import { SEVERITY_WORDS } from "@/lib/format/words";
import { SEVERITIES, type Severity } from "@/lib/model/severity";
import { Field } from "../primitives/field";
import { SelectInput, TextArea } from "../primitives/written-fields";
import { PostureLink } from "../shell/posture-link";
import { SaveBar } from "./save-bar";

/** One control with its settings of now. */
export type Tunable = Omit<TunedControl, "since" | "layer">;

const OFF = "off";
const PLAIN = "plain";

interface Written {
  readonly choice: string;
  readonly reason: string;
}

function toWritten({ disabled, reweighted }: Pick<Tunable, "disabled" | "reweighted">): Written {
  return { choice: disabled === null ? (reweighted?.severity ?? PLAIN) : OFF, reason: disabled ?? reweighted?.reason ?? "" };
}

function toSettings(id: string, { choice, reason }: Written) {
  const severity: Severity | undefined = SEVERITIES.find((known) => known === choice);
  return {
    disabledControls: { [id]: choice === OFF ? reason.trim() : null },
    reweightedControls: { [id]: severity === undefined ? null : { severity, reason: reason.trim() } },
  };
}

/** What one control does in this cluster, and why. */
export function TuningForm({ cluster, base, control }: { readonly cluster: string; readonly base: string; readonly control: Tunable }): ReactNode {
  const formId = useId();
  const [problems, setProblems] = useState<readonly string[]>([]);
  const draft = useSavedDraft<Written>({
    name: `tune ${cluster} ${control.id}`,
    stored: toWritten(control),
    check: async (value) => {
      const { reasonSchema } = await import("@/lib/contracts/settings");
      const found = value.choice === PLAIN ? [] : (reasonSchema.safeParse(value.reason).error?.issues ?? []).map(({ message }) => toSentence(message));
      setProblems(found);
      return found.length === 0;
    },
    toRequest: (value, before) => {
      const { disabledControls, reweightedControls } = toSettings(control.id, before);
      // Of one that is off, what it would count does not matter.
      const was = { disabledControls, ...(before.choice !== OFF && { reweightedControls }) };
      return { path: settingsPath(cluster), method: "PATCH", body: { ...toSettings(control.id, value), was } };
    },
    readStored: async () => {
      const { disabledControls, reweightedControls } = await readSettings(cluster);
      return toWritten({ disabled: disabledControls[control.id] ?? null, reweighted: reweightedControls[control.id] ?? null });
    },
  });
  const { choice, reason } = draft.value;
  const elsewhere = SEVERITY_WORDS[control.severity].toLowerCase();
  return (
    <form className="tune" aria-label={`Tune ${control.id}`} onSubmit={(event) => void draft.submit(event)}>
      <p className="tune-t">
        <PostureLink className="link" href={`${base}/controls/${control.id}`}>
          {control.title}
        </PostureLink>{" "}
        <span className="mono soft">{control.id}</span>
      </p>
      <Field id={`${formId}here`} label="In this cluster">
        {(ids) => (
          <SelectInput {...ids} value={choice} onChange={(chosen) => draft.change({ choice: chosen })}>
            <option value={PLAIN}>{`Default: ${elsewhere}`}</option>
            {SEVERITIES.map((severity) => (
              <option key={severity} value={severity}>{`Counts as ${SEVERITY_WORDS[severity].toLowerCase()}`}</option>
            ))}
            <option value={OFF}>Off: not judged, not scored</option>
          </SelectInput>
        )}
      </Field>
      {choice === PLAIN ? null : (
        <Field id={`${formId}reason`} label="Reason" problems={problems} help="Shown with the date wherever the control appears.">
          {(ids) => <TextArea {...ids} className="input" rows={2} maxLength={500} value={reason} onChange={(text) => draft.change({ reason: text })} />}
        </Field>
      )}
      <SaveBar draft={draft} saved="Saved. The next scan uses it." onDiscard={() => setProblems([])}>
        <PostureLink className="ctl" href={`${base}/settings#controls`} scroll={false}>
          Another control
        </PostureLink>
      </SaveBar>
    </form>
  );
}
