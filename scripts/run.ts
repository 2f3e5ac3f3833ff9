// The command line from source: generates what is missing, then runs src/cli/main.ts in this same process, so that
// signals reach it. node --import tsx scripts/run.ts <command>
import './generate.ts';

await import('../src/cli/main.ts');
