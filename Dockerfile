FROM node:22-bookworm-slim
WORKDIR /app
COPY . .
# Redis is another container: set-up need not look for one.
RUN REDIS_URL=none node scripts/setup.mjs start && mkdir -p data && chown node:node data
USER node
CMD ["bin/trunkline", "start"]
