// Ends before it has done anything.
process.exit(1);
