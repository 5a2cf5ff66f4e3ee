import type { ReactNode } from "react";
import { Message } from "@/components/primitives/message";

export default function NotFound(): ReactNode {
  return (
    <main className="page">
      <h1 className="answer">No finding has this id</h1>
      <Message
        say="Check the link: an id is never given twice and never taken away"
        actions={
          <a className="ctl line" href="/">
            Go to the clusters
          </a>
        }
      />
    </main>
  );
}
