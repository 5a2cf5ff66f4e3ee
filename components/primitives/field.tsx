import type { ReactNode } from "react";

/** Attributes of the control that a field labels. */
interface FieldIds {
  readonly id: string;
  readonly "aria-describedby": string;
  readonly "aria-invalid": true | undefined;
}

interface FieldProps {
  readonly id: string;
  readonly label: string;
  /** What it changes, in one sentence. */
  readonly help?: ReactNode;
  /** One sentence each. */
  readonly problems?: readonly string[] | undefined;
  readonly children: (ids: FieldIds) => ReactNode;
}

/** A labelled control with its help, and under it what is wrong with what was typed. */
export function Field({ id, label, help, problems = [], children }: FieldProps): ReactNode {
  return (
    <div className="form-field">
      <label htmlFor={id}>{label}</label>
      {children({ id, "aria-describedby": `${id}-about`, "aria-invalid": problems.length > 0 ? true : undefined })}
      <div id={`${id}-about`}>
        {problems.length === 0 ? null : (
          <div role="alert">
            <ul className="field-error">
              {problems.map((problem) => (
                <li key={problem}>{problem}</li>
              ))}
            </ul>
          </div>
        )}
        {help === undefined ? null : <p className="cap">{help}</p>}
      </div>
    </div>
  );
}
