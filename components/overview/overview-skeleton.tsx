import type { ReactNode } from "react";

/** The rings, four scores and four trends in their own shape while they are read. */
export function OverviewSkeleton(): ReactNode {
  const four = [0, 1, 2, 3];
  return (
    <div aria-busy="true" className="sk-late">
      <span className="sr" role="status">
        Loading the page
      </span>
      <span className="sk" style={{ width: "min(520px, 80%)", height: 20, margin: "4px 0 12px" }} />
      <span className="sk" style={{ width: "min(680px, 95%)" }} />
      <div className="stand-in">
        <div className="stand">
          <div className="emb">
            <svg width="240" height="240" viewBox="0 0 240 240" className="rings" aria-hidden="true">
              {[111, 92, 73, 54].map((radius) => (
                <circle key={radius} cx="120" cy="120" r={radius} fill="none" stroke="var(--track)" strokeWidth="14" />
              ))}
            </svg>
          </div>
          <div>
            {four.map((row) => (
              <div key={row} className="sk-score">
                <span className="sk" />
                <span className="sk" />
                <span className="sk" />
              </div>
            ))}
          </div>
        </div>
      </div>
      <div className="sec multi">
        {four.map((trend) => (
          <div key={trend}>
            <span className="sk sk-area" style={{ height: 100 }} />
          </div>
        ))}
      </div>
    </div>
  );
}
