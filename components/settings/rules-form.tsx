"use client";
import { type ReactNode, useId, useState } from "react";
import { toFieldProblems } from "@/lib/client/field-problems";
import { readSettings, settingsPath } from "@/lib/client/read-settings";
import { useSavedDraft } from "@/lib/client/use-saved-draft";
import type { SettingsResponse } from "@/lib/contracts/settings";
import { Field } from "../primitives/field";
import { TextArea } from "../primitives/written-fields";
import { parseLines } from "./parse-lines";
import { Checkbox } from "../primitives/checkbox";
import { SaveBar } from "./save-bar";

type Rules = Pick<SettingsResponse, "trustedRegistries" | "platformNamespaces" | "requireCpuLimit">;

const LISTS = [
  {
    name: "trustedRegistries",
    label: "Trusted registries",
    placeholder: "registry.example.com/team",
    help: "One registry or repository per line. An image from anywhere else fails “Images come from trusted registries”; while the list is empty, that control does not apply.",
  },
  {
    name: "platformNamespaces",
    label: "Platform namespaces",
    placeholder: "monitoring\nistio-*",
    help: "One namespace per line; a * at the end matches any ending. Their objects are assessed and listed but scored separately, as those of kube-system always are.",
  },
] as const;

interface Written {
  readonly trustedRegistries: string;
  readonly platformNamespaces: string;
  readonly requireCpuLimit: boolean;
}

function toWritten({ trustedRegistries, platformNamespaces, requireCpuLimit }: Rules): Written {
  return { trustedRegistries: trustedRegistries.join("\n"), platformNamespaces: platformNamespaces.join("\n"), requireCpuLimit };
}

function toRules({ trustedRegistries, platformNamespaces, requireCpuLimit }: Written): Rules {
  return { trustedRegistries: parseLines(trustedRegistries), platformNamespaces: parseLines(platformNamespaces), requireCpuLimit };
}

/** What is other than it was: somebody else may change the rest meanwhile. */
function changesOf(value: Written, base: Written): Partial<Rules> {
  const [rules, before] = [toRules(value), toRules(base)];
  const isOther = (name: keyof Rules): boolean => JSON.stringify(rules[name]) !== JSON.stringify(before[name]);
  return {
    ...(isOther("trustedRegistries") && { trustedRegistries: rules.trustedRegistries }),
    ...(isOther("platformNamespaces") && { platformNamespaces: rules.platformNamespaces }),
    ...(isOther("requireCpuLimit") && { requireCpuLimit: rules.requireCpuLimit }),
  };
}

/** Lists with one entry per line; saved together. */
export function RulesForm({ cluster, rules }: { readonly cluster: string; readonly rules: Rules }): ReactNode {
  const id = useId();
  const [problems, setProblems] = useState<Readonly<Record<string, readonly string[]>>>({});
  const draft = useSavedDraft<Written>({
    name: `rules ${cluster}`,
    stored: toWritten(rules),
    check: async (value) => {
      const body = toRules(value);
      const { saveSettingsBody } = await import("@/lib/contracts/settings");
      const found = toFieldProblems(saveSettingsBody.safeParse(body).error?.issues ?? [], body);
      setProblems(found);
      return Object.keys(found).length === 0;
    },
    toRequest: (value, base) => ({ path: settingsPath(cluster), method: "PATCH", body: { ...changesOf(value, base), was: changesOf(base, value) } }),
    readStored: async () => toWritten(await readSettings(cluster)),
  });
  const { value, change } = draft;
  return (
    <form className="rules" onSubmit={(event) => void draft.submit(event)}>
      {LISTS.map(({ name, label, placeholder, help }) => (
        <Field key={name} id={`${id}${name}`} label={label} help={help} problems={problems[name]}>
          {(ids) => (
            <TextArea
              {...ids}
              className="input mono"
              rows={4}
              value={value[name]}
              placeholder={placeholder}
              spellCheck={false}
              autoCapitalize="off"
              onChange={(text) => change({ [name]: text })}
            />
          )}
        </Field>
      ))}
      <div className="form-field">
        <span className="lbl">Limits</span>
        <label className="state">
          <Checkbox checked={value.requireCpuLimit} onChange={(requireCpuLimit) => change({ requireCpuLimit })} /> Containers need a CPU limit too
        </label>
        <p className="cap">A memory limit is always asked for. With this, “Containers have a memory limit” asks for a CPU limit as well.</p>
      </div>
      <SaveBar draft={draft} saved="Saved. The next scan uses it." onDiscard={() => setProblems({})} />
    </form>
  );
}
