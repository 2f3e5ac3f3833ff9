// Prints what is in the way of a database at each path given; run by database-folder.test.ts as a user of few rights.
import { findObstacle } from '../../src/store/sqlite/file/database-folder.ts';

process.stdout.write(JSON.stringify(process.argv.slice(2).map(findObstacle)));
