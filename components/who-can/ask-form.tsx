"use client";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { type FormEvent, type ReactNode, useId, useTransition } from "react";
import type { WhoCanAsked, WhoCanResponse } from "@/lib/contracts/who-can";
import { Button } from "../primitives/button";
import { SuggestField } from "../primitives/suggest-field";
import { keepMoment } from "../shell/posture-search";
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
  const router = useRouter();
  const pathname = usePathname();
  const search = useSearchParams().toString();
  const [isPending, start] = useTransition();
  const id = useId();
  const ask = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    const given = Object.fromEntries([...new FormData(event.currentTarget)].map(([name, value]) => [name, String(value)]));
    start(() => router.push(keepMoment(askHref(base, { by: question.by, ...given }), pathname, search), { scroll: false }));
  };
  return (
    <form key={search} className="ask" role="search" aria-label="Question" onSubmit={ask}>
      {fieldsOf(question, subject, choices).map((field) => (
        <SuggestField key={field.name} className={`ask-${field.name}`} id={`${id}${field.name}`} {...field} />
      ))}
      <Button type="submit" kind="solid" disabled={isPending}>
        Ask
      </Button>
    </form>
  );
}
