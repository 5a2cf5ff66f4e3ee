import type { ReactNode } from "react";

interface SuggestFieldProps {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly placeholder: string;
  /** Offered while typing; anything else may be typed too. */
  readonly choices?: readonly string[] | undefined;
  readonly className?: string;
}

/** A text field with a label above it, and suggestions. */
export function SuggestField({ id, name, label, value, placeholder, choices, className }: SuggestFieldProps): ReactNode {
  return (
    <div className={className}>
      <label htmlFor={id}>{label}</label>
      <input
        // After a step back the address is there before its answer: a field that was made anew with the address shows the answer before.
        key={value}
        id={id}
        className="mono"
        name={name}
        defaultValue={value}
        placeholder={placeholder}
        maxLength={600}
        autoComplete="off"
        spellCheck={false}
        autoCapitalize="off"
        {...(choices && { list: `${id}-choices` })}
      />
      {choices ? (
        <datalist id={`${id}-choices`}>
          {choices.map((choice) => (
            <option key={choice} value={choice} />
          ))}
        </datalist>
      ) : null}
    </div>
  );
}
