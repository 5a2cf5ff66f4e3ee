"use client";
import { type ReactNode, useId } from "react";
import type { WhoCanAsked, WhoCanResponse } from "@/lib/contracts/who-can";
import { Button } from "../primitives/button";
import { SuggestField } from "../primitives/suggest-field";
import { useAsk } from "../shell/use-ask";
import { askHref } from "./ask-href";

interface Field {
  readonly name: "verb" | "resource" | "namespace" | "name" | "subject";
  readonly label: string;
  readonly value: string;
  readonly placeholder: string;
  readonly choices?: readonly string[];
}

function fieldsOf(question: WhoCanAsked, subject: string, choices: WhoCanResponse["choices"]): readonly Field[] {
  if (question.by === "subject")
    return [{ name: "subject", label: "Identity", value: subject, placeholder: "ServiceAccount/payments/api", choices: choices.subjects }];
  return [
    { name: "verb", label: question.by === "object" ? "Verbs" : "Verb", value: question.verb, placeholder: "get,list" },
    { name: "resource", label: "Resource", value: question.resource, placeholder: "deployments.apps" },
    { name: "namespace", label: "Namespace", value: question.namespace ?? "", placeholder: "whole cluster", choices: choices.namespaces },
    { name: "name", label: "Name", value: question.name ?? "", placeholder: "any" },
  ];
}

/** One question, as text fields with suggestions; asking it goes to its address. */
export function AskForm({
  question,
  subject,
  choices,
  base,
}: {
  readonly question: WhoCanAsked;
  readonly subject: string;
  readonly choices: WhoCanResponse["choices"];
  readonly base: string;
}): ReactNode {
  const id = useId();
  const { isPending, key, onSubmit } = useAsk((given) => askHref(base, { by: question.by, ...given }));
  return (
    <form key={key} className="ask" role="search" aria-label="Question" onSubmit={onSubmit}>
      {fieldsOf(question, subject, choices).map((field) => (
        <SuggestField key={field.name} className={`ask-${field.name}`} id={`${id}${field.name}`} {...field} />
      ))}
      <Button type="submit" kind="solid" disabled={isPending}>
        Ask
      </Button>
    </form>
  );
}
