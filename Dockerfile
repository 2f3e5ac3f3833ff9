# docs/container.md says how to run it. NODE_VERSION may be any that package.json's "engines" allow.
ARG NODE_VERSION=24

FROM node:${NODE_VERSION}-bookworm-slim AS manifest
WORKDIR /app
# Nothing here looks for updates or reports usage. In the manifest stage, so that both installs below have it.
ENV CHECKPOINT_DISABLE=1 \
    NPM_CONFIG_AUDIT=false \
    NPM_CONFIG_FUND=false \
    NPM_CONFIG_UPDATE_NOTIFIER=false
COPY package.json package-lock.json .npmrc ./

FROM manifest AS build
RUN npm ci
COPY tsconfig.json tsconfig.build.json prisma.config.ts ./
COPY prisma ./prisma
COPY scripts ./scripts
COPY src ./src
RUN npm run build
COPY content ./content
# A checkout made under a strict umask is readable by its owner only, who is nobody in the image.
RUN chmod -R a+rX content dist package.json prisma

FROM manifest AS dependencies
# The generated client names Prisma's command line as an optional peer: without the second omit it would come along, with
# a hundred packages of its own.
RUN npm ci --omit=dev --omit=optional
# Of what is optional the driver's binary for this platform is needed.
COPY --from=build /app/node_modules/@libsql ./node_modules/@libsql
RUN node -e "require('libsql')"

FROM node:${NODE_VERSION}-bookworm-slim AS runtime
WORKDIR /app
ENV NODE_ENV=production \
    CHECKPOINT_DISABLE=1 \
    HOST=0.0.0.0 \
    CONTENT_DIR=/content \
    DATABASE_URL=file:/data/gateway.db
# A named volume that is mounted here for the first time takes over this owner.
RUN install -d -o 1000 -g 1000 /data
# The program and the sample articles are root's: the process may read them and not change them.
COPY --from=dependencies /app/node_modules ./node_modules
COPY --from=build /app/package.json ./package.json
COPY --from=build /app/prisma/migrations ./prisma/migrations
COPY --from=build /app/dist ./dist
COPY --from=build /app/content /content
# The image's own user `node`, as a number: Kubernetes' runAsNonRoot believes no name.
USER 1000:1000
VOLUME ["/data"]
EXPOSE 4000
# The port is opened when the first load is done, which may take its time.
HEALTHCHECK --interval=15s --timeout=5s --start-period=120s --retries=3 \
    CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 4000}/health`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# No shell and no npm in between: SIGTERM reaches the process that lets requests in flight finish.
CMD ["node", "dist/cli/main.js", "serve"]
