-- CreateTable
CREATE TABLE "Article" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "slug" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "titleFolded" TEXT NOT NULL,
    "excerpt" TEXT,
    "excerptFolded" TEXT,
    "category" TEXT,
    "categoryFolded" TEXT,
    "type" TEXT NOT NULL,
    "typeFolded" TEXT NOT NULL,
    "publishedAt" DATETIME,
    "updatedAt" DATETIME,
    "locale" TEXT,
    "localeKey" TEXT NOT NULL,
    "placeKey" TEXT NOT NULL,
    "translationKey" TEXT,
    "path" TEXT NOT NULL,
    "pathKey" TEXT NOT NULL,
    "originalUrl" TEXT,
    "webUrl" TEXT,
    "originalUrlKey" TEXT,
    "webUrlKey" TEXT,
    "quality" INTEGER,
    "heat" INTEGER,
    "published" BOOLEAN NOT NULL,
    "hiddenBecause" TEXT NOT NULL DEFAULT '[]',
    "expiresAt" DATETIME,
    "isSecured" BOOLEAN NOT NULL,
    "providerId" TEXT,
    "providerName" TEXT,
    "publishedAtAsc" TEXT NOT NULL,
    "publishedAtDesc" TEXT NOT NULL,
    "updatedAtAsc" TEXT NOT NULL,
    "updatedAtDesc" TEXT NOT NULL,
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
CREATE TABLE "ArticleAlias" (
    "articleId" TEXT NOT NULL,
    "pathKey" TEXT NOT NULL,
    "locale" TEXT,
    "localeKey" TEXT NOT NULL,
    "isPublic" BOOLEAN NOT NULL,

    PRIMARY KEY ("articleId", "pathKey"),
    CONSTRAINT "ArticleAlias_articleId_fkey" FOREIGN KEY ("articleId") REFERENCES "Article" ("id") ON DELETE CASCADE ON UPDATE CASCADE
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
    "updatedAtDesc" TEXT NOT NULL,
    "updatedAtAsc" TEXT NOT NULL,
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
CREATE TABLE "Category" (
    "id" TEXT NOT NULL PRIMARY KEY,
    "slug" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "nameFolded" TEXT NOT NULL,
    "isPublic" BOOLEAN NOT NULL,
    "articleCount" INTEGER NOT NULL,
    "publicArticleCount" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "ArticleCategory" (
    "articleId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "categoryId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "isPublic" BOOLEAN NOT NULL,
    "publishedAtDesc" TEXT NOT NULL,
    "publishedAtAsc" TEXT NOT NULL,
    "updatedAtDesc" TEXT NOT NULL,
    "updatedAtAsc" TEXT NOT NULL,
    "qualityAsc" BIGINT NOT NULL,
    "qualityDesc" INTEGER NOT NULL,
    "heatAsc" BIGINT NOT NULL,
    "heatDesc" INTEGER NOT NULL,
    "titleFolded" TEXT NOT NULL,

    PRIMARY KEY ("articleId", "position"),
    CONSTRAINT "ArticleCategory_articleId_fkey" FOREIGN KEY ("articleId") REFERENCES "Article" ("id") ON DELETE CASCADE ON UPDATE CASCADE,
    CONSTRAINT "ArticleCategory_categoryId_fkey" FOREIGN KEY ("categoryId") REFERENCES "Category" ("id") ON DELETE RESTRICT ON UPDATE CASCADE
);

-- CreateTable
CREATE TABLE "Image" (
    "id" TEXT NOT NULL,
    "url" TEXT NOT NULL,
    "width" INTEGER,
    "height" INTEGER,
    "isCached" BOOLEAN,
    "position" INTEGER NOT NULL,
    "isPublic" BOOLEAN NOT NULL,
    "articleId" TEXT,
    "relatedLinkId" TEXT,

    PRIMARY KEY ("id", "isPublic"),
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
    "pathKey" TEXT,
    "quality" INTEGER,
    "providerId" TEXT,
    "providerName" TEXT,
    "isPublic" BOOLEAN NOT NULL,
    "articleId" TEXT,
    "publicArticleId" TEXT,
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
    "wanted" TEXT,
    "wantedPath" TEXT,
    "sitePath" TEXT,
    "locale" TEXT,
    "isDisplaced" BOOLEAN NOT NULL,
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
    "categories" INTEGER NOT NULL,
    "publicCategories" INTEGER NOT NULL,
    "images" INTEGER NOT NULL,
    "publicImages" INTEGER NOT NULL,
    "relatedLinks" INTEGER NOT NULL,
    "publicRelatedLinks" INTEGER NOT NULL
);

-- CreateTable
CREATE TABLE "HiddenCount" (
    "reason" TEXT NOT NULL PRIMARY KEY,
    "position" INTEGER NOT NULL,
    "articles" INTEGER NOT NULL
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
CREATE INDEX "Article_published_idx" ON "Article"("published");

-- CreateIndex
CREATE INDEX "Article_slug_published_idx" ON "Article"("slug", "published");

-- CreateIndex
CREATE INDEX "Article_published_publishedAtDesc_id_idx" ON "Article"("published", "publishedAtDesc", "id");

-- CreateIndex
CREATE INDEX "Article_published_publishedAtAsc_id_idx" ON "Article"("published", "publishedAtAsc", "id");

-- CreateIndex
CREATE INDEX "Article_published_updatedAtDesc_id_idx" ON "Article"("published", "updatedAtDesc", "id");

-- CreateIndex
CREATE INDEX "Article_published_updatedAtAsc_id_idx" ON "Article"("published", "updatedAtAsc", "id");

-- CreateIndex
CREATE INDEX "Article_published_qualityDesc_id_idx" ON "Article"("published", "qualityDesc", "id");

-- CreateIndex
CREATE INDEX "Article_published_qualityAsc_id_idx" ON "Article"("published", "qualityAsc", "id");

-- CreateIndex
CREATE INDEX "Article_published_heatDesc_id_idx" ON "Article"("published", "heatDesc", "id");

-- CreateIndex
CREATE INDEX "Article_published_heatAsc_id_idx" ON "Article"("published", "heatAsc", "id");

-- CreateIndex
CREATE INDEX "Article_published_titleFolded_id_idx" ON "Article"("published", "titleFolded", "id");

-- CreateIndex
CREATE INDEX "Article_providerId_published_publishedAtDesc_id_idx" ON "Article"("providerId", "published", "publishedAtDesc", "id");

-- CreateIndex
CREATE INDEX "Article_providerId_published_publishedAtAsc_id_idx" ON "Article"("providerId", "published", "publishedAtAsc", "id");

-- CreateIndex
CREATE INDEX "Article_providerId_published_updatedAtDesc_id_idx" ON "Article"("providerId", "published", "updatedAtDesc", "id");

-- CreateIndex
CREATE INDEX "Article_providerId_published_updatedAtAsc_id_idx" ON "Article"("providerId", "published", "updatedAtAsc", "id");

-- CreateIndex
CREATE INDEX "Article_providerId_published_qualityDesc_id_idx" ON "Article"("providerId", "published", "qualityDesc", "id");

-- CreateIndex
CREATE INDEX "Article_providerId_published_qualityAsc_id_idx" ON "Article"("providerId", "published", "qualityAsc", "id");

-- CreateIndex
CREATE INDEX "Article_providerId_published_heatDesc_id_idx" ON "Article"("providerId", "published", "heatDesc", "id");

-- CreateIndex
CREATE INDEX "Article_providerId_published_heatAsc_id_idx" ON "Article"("providerId", "published", "heatAsc", "id");

-- CreateIndex
CREATE INDEX "Article_providerId_published_titleFolded_id_idx" ON "Article"("providerId", "published", "titleFolded", "id");

-- CreateIndex
CREATE INDEX "Article_categoryFolded_published_publishedAtDesc_id_idx" ON "Article"("categoryFolded", "published", "publishedAtDesc", "id");

-- CreateIndex
CREATE INDEX "Article_published_expiresAt_idx" ON "Article"("published", "expiresAt");

-- CreateIndex
CREATE INDEX "Article_pathKey_published_idx" ON "Article"("pathKey", "published");

-- CreateIndex
CREATE INDEX "Article_placeKey_published_idx" ON "Article"("placeKey", "published");

-- CreateIndex
CREATE INDEX "Article_translationKey_published_idx" ON "Article"("translationKey", "published");

-- CreateIndex
CREATE INDEX "Article_originalUrlKey_published_idx" ON "Article"("originalUrlKey", "published");

-- CreateIndex
CREATE INDEX "Article_webUrlKey_published_idx" ON "Article"("webUrlKey", "published");

-- CreateIndex
CREATE UNIQUE INDEX "Article_id_published_key" ON "Article"("id", "published");

-- CreateIndex
CREATE INDEX "ArticleAlias_pathKey_isPublic_idx" ON "ArticleAlias"("pathKey", "isPublic");

-- CreateIndex
CREATE INDEX "Provider_domain_isPublic_id_idx" ON "Provider"("domain", "isPublic", "id");

-- CreateIndex
CREATE INDEX "Provider_nameFolded_isPublic_id_idx" ON "Provider"("nameFolded", "isPublic", "id");

-- CreateIndex
CREATE INDEX "Provider_isPublic_nameFolded_id_idx" ON "Provider"("isPublic", "nameFolded", "id");

-- CreateIndex
CREATE INDEX "Provider_isPublic_articleCount_id_idx" ON "Provider"("isPublic", "articleCount", "id");

-- CreateIndex
CREATE INDEX "Provider_isPublic_publicArticleCount_id_idx" ON "Provider"("isPublic", "publicArticleCount", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Provider_id_isPublic_key" ON "Provider"("id", "isPublic");

-- CreateIndex
CREATE INDEX "Topic_slug_isPublic_idx" ON "Topic"("slug", "isPublic");

-- CreateIndex
CREATE INDEX "Topic_nameFolded_isPublic_id_idx" ON "Topic"("nameFolded", "isPublic", "id");

-- CreateIndex
CREATE INDEX "Topic_isPublic_nameFolded_id_idx" ON "Topic"("isPublic", "nameFolded", "id");

-- CreateIndex
CREATE INDEX "Topic_isPublic_articleCount_id_idx" ON "Topic"("isPublic", "articleCount", "id");

-- CreateIndex
CREATE INDEX "Topic_isPublic_publicArticleCount_id_idx" ON "Topic"("isPublic", "publicArticleCount", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Topic_id_isPublic_key" ON "Topic"("id", "isPublic");

-- CreateIndex
CREATE INDEX "ArticleTopic_topicId_isPublic_publishedAtDesc_articleId_idx" ON "ArticleTopic"("topicId", "isPublic", "publishedAtDesc", "articleId");

-- CreateIndex
CREATE INDEX "ArticleTopic_topicId_isPublic_publishedAtAsc_articleId_idx" ON "ArticleTopic"("topicId", "isPublic", "publishedAtAsc", "articleId");

-- CreateIndex
CREATE INDEX "ArticleTopic_topicId_isPublic_updatedAtDesc_articleId_idx" ON "ArticleTopic"("topicId", "isPublic", "updatedAtDesc", "articleId");

-- CreateIndex
CREATE INDEX "ArticleTopic_topicId_isPublic_updatedAtAsc_articleId_idx" ON "ArticleTopic"("topicId", "isPublic", "updatedAtAsc", "articleId");

-- CreateIndex
CREATE INDEX "ArticleTopic_topicId_isPublic_qualityDesc_articleId_idx" ON "ArticleTopic"("topicId", "isPublic", "qualityDesc", "articleId");

-- CreateIndex
CREATE INDEX "ArticleTopic_topicId_isPublic_qualityAsc_articleId_idx" ON "ArticleTopic"("topicId", "isPublic", "qualityAsc", "articleId");

-- CreateIndex
CREATE INDEX "ArticleTopic_topicId_isPublic_heatDesc_articleId_idx" ON "ArticleTopic"("topicId", "isPublic", "heatDesc", "articleId");

-- CreateIndex
CREATE INDEX "ArticleTopic_topicId_isPublic_heatAsc_articleId_idx" ON "ArticleTopic"("topicId", "isPublic", "heatAsc", "articleId");

-- CreateIndex
CREATE INDEX "ArticleTopic_topicId_isPublic_titleFolded_articleId_idx" ON "ArticleTopic"("topicId", "isPublic", "titleFolded", "articleId");

-- CreateIndex
CREATE INDEX "ArticleTopic_topicId_isPublic_name_idx" ON "ArticleTopic"("topicId", "isPublic", "name");

-- CreateIndex
CREATE INDEX "Category_slug_isPublic_idx" ON "Category"("slug", "isPublic");

-- CreateIndex
CREATE INDEX "Category_nameFolded_isPublic_id_idx" ON "Category"("nameFolded", "isPublic", "id");

-- CreateIndex
CREATE INDEX "Category_isPublic_nameFolded_id_idx" ON "Category"("isPublic", "nameFolded", "id");

-- CreateIndex
CREATE INDEX "Category_isPublic_articleCount_id_idx" ON "Category"("isPublic", "articleCount", "id");

-- CreateIndex
CREATE INDEX "Category_isPublic_publicArticleCount_id_idx" ON "Category"("isPublic", "publicArticleCount", "id");

-- CreateIndex
CREATE UNIQUE INDEX "Category_id_isPublic_key" ON "Category"("id", "isPublic");

-- CreateIndex
CREATE INDEX "ArticleCategory_categoryId_isPublic_publishedAtDesc_articleId_idx" ON "ArticleCategory"("categoryId", "isPublic", "publishedAtDesc", "articleId");

-- CreateIndex
CREATE INDEX "ArticleCategory_categoryId_isPublic_publishedAtAsc_articleId_idx" ON "ArticleCategory"("categoryId", "isPublic", "publishedAtAsc", "articleId");

-- CreateIndex
CREATE INDEX "ArticleCategory_categoryId_isPublic_updatedAtDesc_articleId_idx" ON "ArticleCategory"("categoryId", "isPublic", "updatedAtDesc", "articleId");

-- CreateIndex
CREATE INDEX "ArticleCategory_categoryId_isPublic_updatedAtAsc_articleId_idx" ON "ArticleCategory"("categoryId", "isPublic", "updatedAtAsc", "articleId");

-- CreateIndex
CREATE INDEX "ArticleCategory_categoryId_isPublic_qualityDesc_articleId_idx" ON "ArticleCategory"("categoryId", "isPublic", "qualityDesc", "articleId");

-- CreateIndex
CREATE INDEX "ArticleCategory_categoryId_isPublic_qualityAsc_articleId_idx" ON "ArticleCategory"("categoryId", "isPublic", "qualityAsc", "articleId");

-- CreateIndex
CREATE INDEX "ArticleCategory_categoryId_isPublic_heatDesc_articleId_idx" ON "ArticleCategory"("categoryId", "isPublic", "heatDesc", "articleId");

-- CreateIndex
CREATE INDEX "ArticleCategory_categoryId_isPublic_heatAsc_articleId_idx" ON "ArticleCategory"("categoryId", "isPublic", "heatAsc", "articleId");

-- CreateIndex
CREATE INDEX "ArticleCategory_categoryId_isPublic_titleFolded_articleId_idx" ON "ArticleCategory"("categoryId", "isPublic", "titleFolded", "articleId");

-- CreateIndex
CREATE INDEX "ArticleCategory_categoryId_isPublic_name_idx" ON "ArticleCategory"("categoryId", "isPublic", "name");

-- CreateIndex
CREATE INDEX "Image_articleId_position_idx" ON "Image"("articleId", "position");

-- CreateIndex
CREATE INDEX "Image_relatedLinkId_position_idx" ON "Image"("relatedLinkId", "position");

-- CreateIndex
CREATE INDEX "RelatedLink_isPublic_articleId_idx" ON "RelatedLink"("isPublic", "articleId");

-- CreateIndex
CREATE INDEX "RelatedLink_sourceId_position_idx" ON "RelatedLink"("sourceId", "position");

-- CreateIndex
CREATE INDEX "RelatedLink_articleId_isPublic_sourceId_idx" ON "RelatedLink"("articleId", "isPublic", "sourceId");

-- CreateIndex
CREATE INDEX "RelatedLink_urlKey_idx" ON "RelatedLink"("urlKey");

-- CreateIndex
CREATE INDEX "RelatedLink_pathKey_idx" ON "RelatedLink"("pathKey");

-- CreateIndex
CREATE INDEX "RelatedLink_providerId_isPublic_providerName_idx" ON "RelatedLink"("providerId", "isPublic", "providerName");

-- CreateIndex
CREATE UNIQUE INDEX "RelatedLink_id_isPublic_key" ON "RelatedLink"("id", "isPublic");

-- CreateIndex
CREATE INDEX "SourceFile_articleId_idx" ON "SourceFile"("articleId");

-- CreateIndex
CREATE INDEX "Problem_severity_path_position_idx" ON "Problem"("severity", "path", "position");

-- CreateIndex
CREATE INDEX "Problem_code_path_position_idx" ON "Problem"("code", "path", "position");

-- CreateIndex
CREATE INDEX "Change_audience_version_articleId_idx" ON "Change"("audience", "version", "articleId");
