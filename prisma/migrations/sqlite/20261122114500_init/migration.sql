-- CreateTable
CREATE TABLE "Article" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "slug" TEXT NOT NULL,
    "slugFolded" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "titleFolded" TEXT NOT NULL,
    "excerpt" TEXT,
    "excerptFolded" TEXT,
    "category" TEXT,
    "categoryFolded" TEXT,
    "type" TEXT NOT NULL,
    "typeFolded" TEXT NOT NULL,
    "publishedAt" DATETIME,
    "originalUrl" TEXT,
    "webUrl" TEXT,
    "originalUrlKey" TEXT,
    "webUrlKey" TEXT,
    "quality" INTEGER,
    "heat" INTEGER,
    "published" BOOLEAN NOT NULL,
    "isSecured" BOOLEAN NOT NULL,
    "providerId" TEXT,
    "providerName" TEXT,
    "publishedAtAsc" TEXT NOT NULL,
    "publishedAtDesc" TEXT NOT NULL,
    "qualityAsc" BIGINT NOT NULL,
    "qualityDesc" INTEGER NOT NULL,
    "heatAsc" BIGINT NOT NULL,
    "heatDesc" INTEGER NOT NULL,
    "digest" TEXT NOT NULL,
    CONSTRAINT "Article_providerId_fkey" FOREIGN KEY ("providerId") REFERENCES "Provider" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "ArticleText" (
    "articleId" TEXT NOT NULL PRIMARY KEY,
    "format" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "secured" TEXT,
    CONSTRAINT "ArticleText_articleId_fkey" FOREIGN KEY ("articleId") REFERENCES "Article" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Provider" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "name" TEXT NOT NULL,
    "nameFolded" TEXT NOT NULL,
    "domain" TEXT,
    "isPublic" BOOLEAN NOT NULL,
    "articleCount" INTEGER NOT NULL,
    "publicArticleCount" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "Topic" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "nameFolded" TEXT NOT NULL,
    "isPublic" BOOLEAN NOT NULL,
    "articleCount" INTEGER NOT NULL,
    "publicArticleCount" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "ArticleTopic" (
    "articleId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "topicId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "isPublic" BOOLEAN NOT NULL,
    "publishedAtDesc" TEXT NOT NULL,
    "publishedAtAsc" TEXT NOT NULL,
    "qualityAsc" BIGINT NOT NULL,
    "qualityDesc" INTEGER NOT NULL,
    "heatAsc" BIGINT NOT NULL,
    "heatDesc" INTEGER NOT NULL,
    "titleFolded" TEXT NOT NULL,

    PRIMARY KEY ("articleId", "position"),
    CONSTRAINT "ArticleTopic_articleId_fkey" FOREIGN KEY ("articleId") REFERENCES "Article" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "ArticleTopic_topicId_fkey" FOREIGN KEY ("topicId") REFERENCES "Topic" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Image" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "url" TEXT NOT NULL,
    "width" INTEGER,
    "height" INTEGER,
    "isCached" BOOLEAN,
    "position" INTEGER NOT NULL,
    "isPublic" BOOLEAN NOT NULL,
    "articleId" TEXT,
    "relatedLinkId" TEXT,
    CONSTRAINT "Image_articleId_fkey" FOREIGN KEY ("articleId") REFERENCES "Article" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "Image_relatedLinkId_fkey" FOREIGN KEY ("relatedLinkId") REFERENCES "RelatedLink" ("id") ON DELETE CASCADE ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "RelatedLink" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "sourceId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "title" TEXT,
    "titleFolded" TEXT,
    "excerpt" TEXT,
    "excerptFolded" TEXT,
    "type" TEXT NOT NULL,
    "typeFolded" TEXT NOT NULL,
    "publishedAt" DATETIME,
    "webUrl" TEXT,
    "urlKey" TEXT,
    "quality" INTEGER,
    "providerId" TEXT,
    "providerName" TEXT,
    "isPublic" BOOLEAN NOT NULL,
    "articleId" TEXT,
    CONSTRAINT "RelatedLink_sourceId_fkey" FOREIGN KEY ("sourceId") REFERENCES "Article" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "RelatedLink_articleId_fkey" FOREIGN KEY ("articleId") REFERENCES "Article" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "RelatedLink_providerId_fkey" FOREIGN KEY ("providerId") REFERENCES "Provider" ("id") ON DELETE SET NULL ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "SourceFile" (
    "path" TEXT NOT NULL PRIMARY KEY,
    "size" INTEGER NOT NULL,
    "mtimeMs" REAL NOT NULL,
    "digest" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "slug" TEXT,
    "articleId" TEXT,
    "isSettled" BOOLEAN NOT NULL
);

-- CreateTable
CREATE TABLE "Problem" (
    "path" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "code" TEXT NOT NULL,
    "severity" TEXT NOT NULL,
    "line" INTEGER,
    "column" INTEGER,
    "field" TEXT,
    "value" TEXT,
    "message" TEXT NOT NULL,
    "expected" TEXT,
    "fix" TEXT,

    PRIMARY KEY ("path", "position")
);

-- CreateTable
CREATE TABLE "ContentVersion" (
    "number" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "publicNumber" INTEGER NOT NULL,
    "digest" TEXT NOT NULL,
    "publicDigest" TEXT NOT NULL,
    "syncedAt" DATETIME NOT NULL,
    "publicSyncedAt" DATETIME NOT NULL,
    "historyFrom" INTEGER NOT NULL,
    "publicHistoryFrom" INTEGER NOT NULL,
    "articles" INTEGER NOT NULL,
    "publicArticles" INTEGER NOT NULL,
    "providers" INTEGER NOT NULL,
    "publicProviders" INTEGER NOT NULL,
    "topics" INTEGER NOT NULL,
    "publicTopics" INTEGER NOT NULL,
    "images" INTEGER NOT NULL,
    "publicImages" INTEGER NOT NULL,
    "relatedLinks" INTEGER NOT NULL,
    "publicRelatedLinks" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "Change" (
    "audience" TEXT NOT NULL,
    "articleId" TEXT NOT NULL,
    "slug" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "firstVersion" INTEGER NOT NULL,
    "hiddenVersion" INTEGER,
    "isRemoved" BOOLEAN NOT NULL,

    PRIMARY KEY ("audience", "articleId")
);

-- CreateTable
CREATE TABLE "SyncState" (
    "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,
    "folder" TEXT NOT NULL,
    "format" TEXT NOT NULL,
    "problemsDigest" TEXT NOT NULL
);

-- CreateIndex
CREATE UNIQUE INDEX "Article_slug_key" ON "Article"("slug");

-- CreateIndex
CREATE INDEX "Article_publishedAtDesc_id_published_idx" ON "Article"("publishedAtDesc", "id", "published");

-- CreateIndex
CREATE INDEX "Article_publishedAtAsc_id_idx" ON "Article"("publishedAtAsc", "id");

-- CreateIndex
CREATE INDEX "Article_qualityDesc_id_idx" ON "Article"("qualityDesc", "id");

-- CreateIndex
CREATE INDEX "Article_qualityAsc_id_idx" ON "Article"("qualityAsc", "id");

-- CreateIndex
CREATE INDEX "Article_heatDesc_id_idx" ON "Article"("heatDesc", "id");

-- CreateIndex
CREATE INDEX "Article_heatAsc_id_idx" ON "Article"("heatAsc", "id");

-- CreateIndex
CREATE INDEX "Article_titleFolded_id_idx" ON "Article"("titleFolded", "id");

-- CreateIndex
CREATE INDEX "Article_providerId_publishedAtDesc_id_published_idx" ON "Article"("providerId", "publishedAtDesc", "id", "published");

-- CreateIndex
CREATE INDEX "Article_providerId_publishedAtAsc_id_idx" ON "Article"("providerId", "publishedAtAsc", "id");

-- CreateIndex
CREATE INDEX "Article_providerId_qualityDesc_id_idx" ON "Article"("providerId", "qualityDesc", "id");

-- CreateIndex
CREATE INDEX "Article_providerId_qualityAsc_id_idx" ON "Article"("providerId", "qualityAsc", "id");

-- CreateIndex
CREATE INDEX "Article_providerId_heatDesc_id_idx" ON "Article"("providerId", "heatDesc", "id");

-- CreateIndex
CREATE INDEX "Article_providerId_heatAsc_id_idx" ON "Article"("providerId", "heatAsc", "id");

-- CreateIndex
CREATE INDEX "Article_providerId_titleFolded_id_idx" ON "Article"("providerId", "titleFolded", "id");

-- CreateIndex
CREATE INDEX "Article_categoryFolded_publishedAtDesc_id_idx" ON "Article"("categoryFolded", "publishedAtDesc", "id");

-- CreateIndex
CREATE INDEX "Article_originalUrlKey_idx" ON "Article"("originalUrlKey");

-- CreateIndex
CREATE INDEX "Article_webUrlKey_idx" ON "Article"("webUrlKey");

-- CreateIndex
CREATE UNIQUE INDEX "Provider_domain_key" ON "Provider"("domain");

-- CreateIndex
CREATE INDEX "Provider_nameFolded_id_idx" ON "Provider"("nameFolded", "id");

-- CreateIndex
CREATE INDEX "Provider_articleCount_id_idx" ON "Provider"("articleCount", "id");

-- CreateIndex
CREATE INDEX "Provider_publicArticleCount_id_idx" ON "Provider"("publicArticleCount", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Topic_slug_key" ON "Topic"("slug");

-- CreateIndex
CREATE INDEX "Topic_nameFolded_id_idx" ON "Topic"("nameFolded", "id");

-- CreateIndex
CREATE INDEX "Topic_articleCount_id_idx" ON "Topic"("articleCount", "id");

-- CreateIndex
CREATE INDEX "Topic_publicArticleCount_id_idx" ON "Topic"("publicArticleCount", "id");

-- CreateIndex
CREATE INDEX "ArticleTopic_topicId_publishedAtDesc_articleId_idx" ON "ArticleTopic"("topicId", "publishedAtDesc", "articleId");

-- CreateIndex
CREATE INDEX "ArticleTopic_topicId_publishedAtAsc_articleId_idx" ON "ArticleTopic"("topicId", "publishedAtAsc", "articleId");

-- CreateIndex
CREATE INDEX "ArticleTopic_topicId_qualityDesc_articleId_idx" ON "ArticleTopic"("topicId", "qualityDesc", "articleId");

-- CreateIndex
CREATE INDEX "ArticleTopic_topicId_qualityAsc_articleId_idx" ON "ArticleTopic"("topicId", "qualityAsc", "articleId");

-- CreateIndex
CREATE INDEX "ArticleTopic_topicId_heatDesc_articleId_idx" ON "ArticleTopic"("topicId", "heatDesc", "articleId");

-- CreateIndex
CREATE INDEX "ArticleTopic_topicId_heatAsc_articleId_idx" ON "ArticleTopic"("topicId", "heatAsc", "articleId");

-- CreateIndex
CREATE INDEX "ArticleTopic_topicId_titleFolded_articleId_idx" ON "ArticleTopic"("topicId", "titleFolded", "articleId");

-- CreateIndex
CREATE INDEX "ArticleTopic_topicId_isPublic_name_idx" ON "ArticleTopic"("topicId", "isPublic", "name");

-- CreateIndex
CREATE INDEX "Image_articleId_position_idx" ON "Image"("articleId", "position");

-- CreateIndex
CREATE INDEX "Image_relatedLinkId_position_idx" ON "Image"("relatedLinkId", "position");

-- CreateIndex
CREATE INDEX "RelatedLink_sourceId_position_idx" ON "RelatedLink"("sourceId", "position");

-- CreateIndex
CREATE INDEX "RelatedLink_articleId_sourceId_idx" ON "RelatedLink"("articleId", "sourceId");

-- CreateIndex
CREATE INDEX "RelatedLink_urlKey_idx" ON "RelatedLink"("urlKey");

-- CreateIndex
CREATE INDEX "RelatedLink_providerId_isPublic_providerName_idx" ON "RelatedLink"("providerId", "isPublic", "providerName");

-- CreateIndex
CREATE INDEX "SourceFile_articleId_idx" ON "SourceFile"("articleId");

-- CreateIndex
CREATE INDEX "SourceFile_slug_idx" ON "SourceFile"("slug");

-- CreateIndex
CREATE INDEX "Problem_severity_path_position_idx" ON "Problem"("severity", "path", "position");

-- CreateIndex
CREATE INDEX "Problem_code_path_position_idx" ON "Problem"("code", "path", "position");

-- CreateIndex
CREATE INDEX "Change_audience_version_articleId_idx" ON "Change"("audience", "version", "articleId");
