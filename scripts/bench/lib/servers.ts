import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot, type ServerCommand } from './child-server.ts';

const script = (name: string) => ['--import', 'tsx', `scripts/bench/${name}.ts`];

/** Whether the gateway runs as built JavaScript; `npm run build` makes it. */
export const isBuilt = existsSync(join(projectRoot, 'dist/cli/main.js'));

/** The gateway as its command starts it, on a free port and not watching. */
export function gatewayServer(
  databaseUrl: string,
  folder: string,
  env: Record<string, string> = {},
): ServerCommand {
  return {
    name: 'gateway',
    args: [...(isBuilt ? ['dist/cli/main.js'] : ['--import', 'tsx', 'src/cli/main.ts']), 'serve'],
    env: {
      DATABASE_URL: databaseUrl,
      CONTENT_DIR: folder,
      PORT: '0',
      HOST: '127.0.0.1',
      WATCH: 'off',
      LOG_LEVEL: 'warn',
      ...env,
    },
  };
}

/** Pothos with plugin-prisma and Yoga, the usual way. */
export function pluginPrismaServer(databaseUrl: string): ServerCommand {
  return { name: 'plugin-prisma', args: [...script('plugin-prisma-server'), databaseUrl] };
}

/** node:http and one prepared statement. */
export function handwrittenServer(databaseUrl: string): ServerCommand {
  return { name: 'handwritten', args: [...script('handwritten-server'), databaseUrl] };
}

/** node:http and the bytes of one file. */
export function staticServer(file: string): ServerCommand {
  return { name: 'static', args: [...script('static-server'), file] };
}
