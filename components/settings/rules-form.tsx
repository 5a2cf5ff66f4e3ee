"use client";
import { type FormEvent, type ReactNode, useId, useState } from "react";
import { toFieldProblems } from "@/lib/client/field-problems";
import { useChange } from "@/lib/client/use-change";
import type { SettingsResponse } from "@/lib/contracts/settings";
import { Button } from "../primitives/button";
import { Field } from "../primitives/field";
import { parseLines } from "./parse-lines";
import { SaveNote } from "./save-note";

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
    help: "One namespace per line, a * at the end stands for any ending. Their objects are assessed and listed but score separately, as those of kube-system always do.",
  },
] as const;

/** Lists with one entry per line; saved together. */
export function RulesForm({ cluster, rules }: { readonly cluster: string; readonly rules: Rules }): ReactNode {
  const id = useId();
  const { isAsking, problem, ask } = useChange();
  const [isSaved, setIsSaved] = useState(false);
  const [problems, setProblems] = useState<Readonly<Record<string, readonly string[]>>>({});
  const save = async (event: FormEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const lines = (name: string): string[] => parseLines(String(form.get(name) ?? ""));
    const body = {
      trustedRegistries: lines("trustedRegistries"),
      platformNamespaces: lines("platformNamespaces"),
      requireCpuLimit: form.has("requireCpuLimit"),
    };
    const { saveSettingsBody } = await import("@/lib/contracts/settings");
    const found = toFieldProblems(saveSettingsBody.safeParse(body).error?.issues ?? [], body);
    setProblems(found);
    setIsSaved(Object.keys(found).length === 0 && (await ask({ path: `/api/v1/clusters/${encodeURIComponent(cluster)}/settings`, method: "PATCH", body })));
  };
  return (
    <form className="rules" onSubmit={(event) => void save(event)} onChange={() => setIsSaved(false)}>
      {LISTS.map(({ name, label, placeholder, help }) => (
        <Field key={name} id={`${id}${name}`} label={label} help={help} problems={problems[name]}>
          {(ids) => (
            <textarea
              {...ids}
              className="input mono"
              name={name}
              rows={4}
              defaultValue={rules[name].join("\n")}
              placeholder={placeholder}
              spellCheck={false}
              autoCapitalize="off"
            />
          )}
        </Field>
      ))}
      <div className="form-field">
        <span className="lbl">Limits</span>
        <label className="state">
          <input type="checkbox" className="check" name="requireCpuLimit" defaultChecked={rules.requireCpuLimit} /> Containers need a CPU limit too
        </label>
        <p className="cap">A memory limit is always asked for. With this, “Containers have a memory limit” asks for a CPU limit as well.</p>
      </div>
      <div className="state acts">
        <Button type="submit" kind="solid" disabled={isAsking}>
          Save
        </Button>
        <SaveNote isSaved={isSaved} problem={problem} saved="Saved. The next scan uses it." />
      </div>
    </form>
  );
}
