import Link from "next/link";
import type { ReactNode } from "react";
import { BrandMark } from "../charts/brand-mark";
import { type Problem, ProblemHead } from "./page-problem";

/** A problem before there is a frame to say it in. */
export function BareProblem({ problem }: { readonly problem: Problem }): ReactNode {
  return (
    <main id="page" className="start">
      <BrandMark size={40} />
      <ProblemHead problem={problem} sub="The rest of the link may be right: only what it asks beside that cannot be read.">
        <Link className="ctl line" href="/">
          Go to the overview
        </Link>
      </ProblemHead>
    </main>
  );
}
