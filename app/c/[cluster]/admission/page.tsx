import type { Metadata } from "next";
import type { ReactNode } from "react";
import { admissionAnswer, AdmissionPage } from "@/components/admission/admission-page";
import { PageProblem } from "@/components/shell/page-problem";
import { momentQuerySchema } from "@/lib/contracts/words";
import { pageTitle } from "@/lib/http/page-title";
import { pageRead, type PageSearch, readQuery } from "@/lib/http/read-page";
import { getAdmission } from "@/lib/reads/admission";

interface Props {
  readonly params: Promise<{ readonly cluster: string }>;
  readonly searchParams: PageSearch;
}

const read = pageRead(async ({ cluster }: Awaited<Props["params"]>, search) => getAdmission(cluster, await readQuery(search, momentQuerySchema)));

export async function generateMetadata({ params, searchParams }: Props): Promise<Metadata> {
  const { cluster } = await params;
  const result = await read(params, searchParams);
  return pageTitle(cluster, searchParams, "Admission", result.ok ? admissionAnswer(result.value) : null);
}

export default async function Page({ params, searchParams }: Props): Promise<ReactNode> {
  const { cluster } = await params;
  const base = `/c/${cluster}`;
  const result = await read(params, searchParams);
  if (!result.ok) return <PageProblem problem={result} base={base} />;
  return <AdmissionPage answer={result.value} base={base} />;
}
