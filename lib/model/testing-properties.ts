import fc from "fast-check";

/** Whether a commit passes must not hang on luck: properties try the same cases in every run, and others with another seed. */
fc.configureGlobal({ seed: Number(process.env.CONCENTRIC_PROPERTY_SEED ?? 1) });

export { fc };
