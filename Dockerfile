# Two images from one build: docker build --target gateway . and docker build --target worker .
# syntax=docker/dockerfile:1
FROM node:20.20.2-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY tsconfig.json tsconfig.build.json ./
COPY apps apps
COPY libs libs
# tools/ and test/ are for development: only what an image runs is compiled.
RUN npx tsc -p tsconfig.build.json
# TypeScript stays as an optional peer of what stays. Declarations and source maps of packages are loaded by nothing that runs:
# with them node_modules is 231 MB, without 111.
RUN npm prune --omit=dev --no-audit --no-fund && rm -rf node_modules/typescript node_modules/.bin/ts* \
 && find node_modules -type f \( -name '*.map' -o -name '*.d.ts' -o -name '*.d.mts' -o -name '*.d.cts' \) -delete

# The user `node` (1000) owns nothing here, and nothing here is written to: run it with a read-only root.
FROM node:20.20.2-bookworm-slim AS runtime
ENV NODE_ENV=production HOST=0.0.0.0 METRICS_PORT=9464
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/dist dist
COPY bin bin
# npm is not needed to run anything, and is what scanners find holes in.
RUN rm -rf /usr/local/lib/node_modules/npm /usr/local/bin/npm /usr/local/bin/npx /opt/yarn* /usr/local/bin/yarn*
USER 1000:1000
EXPOSE 9464
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s CMD ["node", "-e", "fetch('http://127.0.0.1:'+process.env.METRICS_PORT+'/health/live').then(r=>process.exit(r.ok?0:1),()=>process.exit(1))"]

FROM runtime AS gateway
EXPOSE 3000 3001
# Memory of answers is kept for the next ones, up to 64 MiB: to ask the system anew costs more than to write them.
ENV MALLOC_TRIM_THRESHOLD_=67108864
CMD ["node", "--enable-source-maps", "--v8-pool-size=0", "dist/apps/gateway/src/main.js"]

FROM runtime AS worker
# What is allocated in pieces of 128 KiB or more goes back to the system at once: glibc would keep more and more of it.
ENV MALLOC_MMAP_THRESHOLD_=131072
CMD ["node", "--enable-source-maps", "--max-semi-space-size=2", "--heap-growing-percent=50", "--v8-pool-size=0", "dist/apps/worker/src/main.js"]
