import { availableParallelism } from "node:os"
import { resolve } from "node:path"
import { defineConfig } from "vitest/config"

const root = resolve(import.meta.dirname, "..")
/** Database tests wait for the disk more than they compute, so two cores take three of them. */
const maxWorkers = Math.ceil(availableParallelism() * 1.5)
const cluster = { globalSetup: [resolve(root, "test/support/cluster.ts")], pool: "forks" as const }

export default defineConfig({
  root,
  test: {
    // Rules need nothing; the database files each get a database of their own; flows and the browser drive a real server.
    projects: [
      {
        extends: true,
        test: {
          name: "rules",
          include: ["test/**/*.test.ts"],
          exclude: ["test/**/*.{db,flow,browser}.test.ts"],
          testTimeout: 20_000,
          maxWorkers,
        },
      },
      {
        extends: true,
        test: {
          name: "database",
          include: ["test/**/*.db.test.ts"],
          setupFiles: [resolve(root, "test/support/database-setup.ts")],
          testTimeout: 20_000,
          hookTimeout: 30_000,
          maxWorkers,
          ...cluster,
        },
      },
      {
        extends: true,
        test: {
          name: "flows",
          include: ["test/**/*.{flow,browser}.test.ts"],
          maxWorkers: 2,
          sequence: { groupOrder: 1 },
          testTimeout: 120_000,
          hookTimeout: 120_000,
          ...cluster,
        },
      },
    ],
  },
})
