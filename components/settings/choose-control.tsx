"use client";
import { useRouter } from "next/navigation";
import { type FormEvent, type ReactNode, useId, useState } from "react";
import { Button } from "../primitives/button";
import { Field } from "../primitives/field";

interface ChooseControlProps {
  readonly base: string;
  readonly choices: readonly { readonly id: string; readonly title: string }[];
  readonly problem: string | null;
}

/** Goes to the form of one control; the address names it. */
export function ChooseControl({ base, choices, problem }: ChooseControlProps): ReactNode {
  const id = useId();
  const router = useRouter();
  const [isEmpty, setIsEmpty] = useState(false);
  const choose = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const typed = String(new FormData(event.currentTarget).get("tune") ?? "").trim();
    setIsEmpty(typed === "");
    if (typed === "") {
      event.currentTarget.querySelector("input")?.focus();
      return;
    }
    // A whole title is as good as an id.
    const known = choices.find((choice) => choice.title.toLowerCase() === typed.toLowerCase());
    router.push(`${base}/settings?tune=${encodeURIComponent(known?.id ?? typed)}#controls`, { scroll: false });
  };
  const problems = isEmpty ? ["Enter the id or the title of a control."] : problem === null ? [] : [problem];
  return (
    // Before the scripts are there the browser itself goes to the form of the control.
    <form className="choose" aria-label="Tune a control" action={`${base}/settings#controls`} onSubmit={choose}>
      <Field
        id={id}
        label="Switch a control off, or change its severity"
        help="A control that is off is not judged and not scored. A changed severity keeps the findings. Both need a reason."
        problems={problems}
      >
        {(ids) => (
          <span className="joined">
            <input
              {...ids}
              className="input mono"
              name="tune"
              list={`${id}choices`}
              placeholder="container-privileged"
              maxLength={160}
              autoComplete="off"
              spellCheck={false}
              autoCapitalize="off"
            />
            <Button type="submit">Choose</Button>
          </span>
        )}
      </Field>
      <datalist id={`${id}choices`}>
        {choices.map((choice) => (
          <option key={choice.id} value={choice.id}>
            {choice.title}
          </option>
        ))}
      </datalist>
    </form>
  );
}
