// What `npx prisma db seed` runs: `npm run seed` under the name that Prisma knows.
process.argv.splice(2, 0, 'seed');
await import('../src/cli/main.ts');
