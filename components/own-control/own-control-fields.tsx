"use client";
import { type ReactNode, useId } from "react";
import type { OwnControlDto, OwnSubjectChoice } from "@/lib/contracts/own-controls";
import { LAYER_WORDS, SEVERITY_WORDS } from "@/lib/format/words";
import { LAYERS } from "@/lib/model/layer";
import { SEVERITIES } from "@/lib/model/severity";
import { Field } from "../primitives/field";
import { SelectInput, TextArea, TextInput } from "../primitives/written-fields";

interface OwnControlFieldsProps {
  readonly draft: OwnControlDto;
  readonly subjects: readonly OwnSubjectChoice[];
  readonly isNew: boolean;
  readonly problems: Readonly<Record<string, readonly string[]>>;
  readonly onChange: (part: Partial<OwnControlDto>) => void;
}

interface Choice {
  readonly name: "layer" | "severity" | "subject";
  readonly label: string;
  readonly options: readonly (readonly [value: string, words: string])[];
}

interface Text {
  readonly name: "message" | "fix" | "why";
  readonly label: string;
  readonly help: string;
  readonly placeholder: string;
  readonly longest: number;
}

const TEXTS: readonly Text[] = [
  {
    name: "message",
    label: "Message",
    help: "What is wrong with an object that fails.",
    placeholder: "No label says which team owns it.",
    longest: 400,
  },
  { name: "fix", label: "Fix", help: "The change to make; `backticks` mark names.", placeholder: "Add the label `team`.", longest: 2000 },
  { name: "why", label: "Why it matters (optional)", help: "What an attacker gains when it fails.", placeholder: "", longest: 2000 },
];

/** All that a control is made of. */
export function OwnControlFields({ draft, subjects, isNew, problems, onChange }: OwnControlFieldsProps): ReactNode {
  const formId = useId();
  const choices: readonly Choice[] = [
    { name: "layer", label: "Layer", options: LAYERS.map((layer) => [layer, LAYER_WORDS[layer]] as const) },
    { name: "severity", label: "Severity", options: SEVERITIES.map((severity) => [severity, SEVERITY_WORDS[severity]] as const) },
    { name: "subject", label: "Checks each", options: subjects.map(({ name }) => [name, name] as const) },
  ];
  const textField = ({ name, label, help, placeholder, longest }: Text): ReactNode => (
    <Field key={name} id={formId + name} label={label} help={help} problems={problems[name]}>
      {(ids) => (
        <TextArea
          {...ids}
          className="input"
          rows={2}
          maxLength={longest}
          placeholder={placeholder}
          value={draft[name] ?? ""}
          onChange={(text) => onChange(name === "why" && text.trim() === "" ? { why: undefined } : { [name]: text })}
        />
      )}
    </Field>
  );
  return (
    <>
      <Field id={`${formId}title`} label="Title" help="The good state, as a sentence." problems={problems.title}>
        {(ids) => (
          <TextInput
            {...ids}
            className="input"
            maxLength={160}
            placeholder="Workloads name the team that owns them"
            value={draft.title}
            onChange={(title) => onChange({ title })}
          />
        )}
      </Field>
      <Field
        id={`${formId}id`}
        label="Id"
        help={isNew ? "Lower-case letters, digits and dashes. Links use it, so it cannot change later." : "Links use it, so it cannot change."}
        problems={problems.id}
      >
        {(ids) => (
          <TextInput
            {...ids}
            className="input mono"
            maxLength={80}
            placeholder="team-label-missing"
            value={draft.id}
            readOnly={!isNew}
            spellCheck={false}
            autoCapitalize="off"
            onChange={(id) => onChange({ id })}
          />
        )}
      </Field>
      <div className="field-row">
        {choices.map(({ name, label, options }) => (
          <Field key={name} id={formId + name} label={label} problems={problems[name]}>
            {(ids) => (
              <SelectInput {...ids} value={draft[name]} onChange={(chosen) => onChange({ [name]: chosen })}>
                {options.map(([value, words]) => (
                  <option key={value} value={value}>
                    {words}
                  </option>
                ))}
              </SelectInput>
            )}
          </Field>
        ))}
      </div>
      <Field
        id={`${formId}expression`}
        label="Expression"
        help="True = the object meets the control, false = it fails. Anything else, such as a field that is missing, is not assessed."
        problems={problems.expression}
      >
        {(ids) => (
          <TextArea
            {...ids}
            className="input mono tall"
            rows={5}
            maxLength={2000}
            placeholder="has(object.metadata.labels) && 'team' in object.metadata.labels"
            value={draft.expression}
            spellCheck={false}
            autoCapitalize="off"
            onChange={(expression) => onChange({ expression })}
          />
        )}
      </Field>
      {TEXTS.map(textField)}
    </>
  );
}
