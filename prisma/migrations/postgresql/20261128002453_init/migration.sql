-- CreateTable
CREATE TABLE "Article" (
    "id" TEXT COLLATE "C" NOT NULL,
    "slug" TEXT COLLATE "C" NOT NULL,
    "title" TEXT COLLATE "C" NOT NULL,
    "titleFolded" TEXT COLLATE "C" NOT NULL,
    "excerpt" TEXT COLLATE "C",
    "excerptFolded" TEXT COLLATE "C",
    "category" TEXT COLLATE "C",
    "categoryFolded" TEXT COLLATE "C",
    "type" TEXT COLLATE "C" NOT NULL,
    "typeFolded" TEXT COLLATE "C" NOT NULL,
    "publishedAt" TEXT COLLATE "C",
    "updatedAt" TEXT COLLATE "C",
    "locale" TEXT COLLATE "C",
    "localeKey" TEXT COLLATE "C" NOT NULL,
    "placeKey" TEXT COLLATE "C" NOT NULL,
    "translationKey" TEXT COLLATE "C",
    "path" TEXT COLLATE "C" NOT NULL,
    "pathKey" TEXT COLLATE "C" NOT NULL,
    "originalUrl" TEXT COLLATE "C",
    "webUrl" TEXT COLLATE "C",
    "originalUrlKey" TEXT COLLATE "C",
    "webUrlKey" TEXT COLLATE "C",
    "quality" INTEGER,
    "heat" INTEGER,
    "published" SMALLINT NOT NULL,
    "hiddenBecause" TEXT COLLATE "C" NOT NULL DEFAULT '[]',
    "expiresAt" TEXT COLLATE "C",
    "isSecured" SMALLINT NOT NULL,
    "providerId" TEXT COLLATE "C",
    "providerName" TEXT COLLATE "C",
    "publishedAtAsc" TEXT COLLATE "C" NOT NULL,
    "publishedAtDesc" TEXT COLLATE "C" NOT NULL,
    "updatedAtAsc" TEXT COLLATE "C" NOT NULL,
    "updatedAtDesc" TEXT COLLATE "C" NOT NULL,
    "qualityAsc" BIGINT NOT NULL,
    "qualityDesc" INTEGER NOT NULL,
    "heatAsc" BIGINT NOT NULL,
    "heatDesc" INTEGER NOT NULL,
    "digest" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "Article_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ArticleText" (
    "articleId" TEXT COLLATE "C" NOT NULL,
    "format" TEXT COLLATE "C" NOT NULL,
    "body" TEXT COLLATE "C" NOT NULL,
    "secured" TEXT COLLATE "C",

    CONSTRAINT "ArticleText_pkey" PRIMARY KEY ("articleId")
);

-- CreateTable
CREATE TABLE "ArticleAlias" (
    "articleId" TEXT COLLATE "C" NOT NULL,
    "pathKey" TEXT COLLATE "C" NOT NULL,
    "locale" TEXT COLLATE "C",
    "localeKey" TEXT COLLATE "C" NOT NULL,
    "isPublic" SMALLINT NOT NULL,

    CONSTRAINT "ArticleAlias_pkey" PRIMARY KEY ("articleId","pathKey")
);

-- CreateTable
CREATE TABLE "Provider" (
    "id" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "nameFolded" TEXT COLLATE "C" NOT NULL,
    "domain" TEXT COLLATE "C",
    "isPublic" SMALLINT NOT NULL,
    "articleCount" INTEGER NOT NULL,
    "publicArticleCount" INTEGER NOT NULL,

    CONSTRAINT "Provider_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "Topic" (
    "id" TEXT COLLATE "C" NOT NULL,
    "slug" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "nameFolded" TEXT COLLATE "C" NOT NULL,
    "isPublic" SMALLINT NOT NULL,
    "articleCount" INTEGER NOT NULL,
    "publicArticleCount" INTEGER NOT NULL,

    CONSTRAINT "Topic_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ArticleTopic" (
    "articleId" TEXT COLLATE "C" NOT NULL,
    "position" INTEGER NOT NULL,
    "topicId" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "isPublic" SMALLINT NOT NULL,
    "publishedAtDesc" TEXT COLLATE "C" NOT NULL,
    "publishedAtAsc" TEXT COLLATE "C" NOT NULL,
    "updatedAtDesc" TEXT COLLATE "C" NOT NULL,
    "updatedAtAsc" TEXT COLLATE "C" NOT NULL,
    "qualityAsc" BIGINT NOT NULL,
    "qualityDesc" INTEGER NOT NULL,
    "heatAsc" BIGINT NOT NULL,
    "heatDesc" INTEGER NOT NULL,
    "titleFolded" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "ArticleTopic_pkey" PRIMARY KEY ("articleId","position")
);

-- CreateTable
CREATE TABLE "Category" (
    "id" TEXT COLLATE "C" NOT NULL,
    "slug" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "nameFolded" TEXT COLLATE "C" NOT NULL,
    "isPublic" SMALLINT NOT NULL,
    "articleCount" INTEGER NOT NULL,
    "publicArticleCount" INTEGER NOT NULL,

    CONSTRAINT "Category_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ArticleCategory" (
    "articleId" TEXT COLLATE "C" NOT NULL,
    "position" INTEGER NOT NULL,
    "categoryId" TEXT COLLATE "C" NOT NULL,
    "name" TEXT COLLATE "C" NOT NULL,
    "isPublic" SMALLINT NOT NULL,
    "publishedAtDesc" TEXT COLLATE "C" NOT NULL,
    "publishedAtAsc" TEXT COLLATE "C" NOT NULL,
    "updatedAtDesc" TEXT COLLATE "C" NOT NULL,
    "updatedAtAsc" TEXT COLLATE "C" NOT NULL,
    "qualityAsc" BIGINT NOT NULL,
    "qualityDesc" INTEGER NOT NULL,
    "heatAsc" BIGINT NOT NULL,
    "heatDesc" INTEGER NOT NULL,
    "titleFolded" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "ArticleCategory_pkey" PRIMARY KEY ("articleId","position")
);

-- CreateTable
CREATE TABLE "Image" (
    "id" TEXT COLLATE "C" NOT NULL,
    "url" TEXT COLLATE "C" NOT NULL,
    "width" INTEGER,
    "height" INTEGER,
    "isCached" SMALLINT,
    "position" INTEGER NOT NULL,
    "isPublic" SMALLINT NOT NULL,
    "articleId" TEXT COLLATE "C",
    "relatedLinkId" TEXT COLLATE "C",

    CONSTRAINT "Image_pkey" PRIMARY KEY ("id","isPublic")
);

-- CreateTable
CREATE TABLE "RelatedLink" (
    "id" TEXT COLLATE "C" NOT NULL,
    "sourceId" TEXT COLLATE "C" NOT NULL,
    "position" INTEGER NOT NULL,
    "title" TEXT COLLATE "C",
    "titleFolded" TEXT COLLATE "C",
    "excerpt" TEXT COLLATE "C",
    "excerptFolded" TEXT COLLATE "C",
    "type" TEXT COLLATE "C" NOT NULL,
    "typeFolded" TEXT COLLATE "C" NOT NULL,
    "publishedAt" TEXT COLLATE "C",
    "webUrl" TEXT COLLATE "C",
    "urlKey" TEXT COLLATE "C",
    "pathKey" TEXT COLLATE "C",
    "quality" INTEGER,
    "providerId" TEXT COLLATE "C",
    "providerName" TEXT COLLATE "C",
    "isPublic" SMALLINT NOT NULL,
    "articleId" TEXT COLLATE "C",
    "publicArticleId" TEXT COLLATE "C",

    CONSTRAINT "RelatedLink_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "SourceFile" (
    "path" TEXT COLLATE "C" NOT NULL,
    "size" INTEGER NOT NULL,
    "mtimeMs" DOUBLE PRECISION NOT NULL,
    "digest" TEXT COLLATE "C" NOT NULL,
    "state" TEXT COLLATE "C" NOT NULL,
    "slug" TEXT COLLATE "C",
    "articleId" TEXT COLLATE "C",
    "wanted" TEXT COLLATE "C",
    "wantedPath" TEXT COLLATE "C",
    "sitePath" TEXT COLLATE "C",
    "locale" TEXT COLLATE "C",
    "isDisplaced" SMALLINT NOT NULL,
    "isSettled" SMALLINT NOT NULL,

    CONSTRAINT "SourceFile_pkey" PRIMARY KEY ("path")
);

-- CreateTable
CREATE TABLE "Problem" (
    "path" TEXT COLLATE "C" NOT NULL,
    "position" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "code" TEXT COLLATE "C" NOT NULL,
    "severity" TEXT COLLATE "C" NOT NULL,
    "line" INTEGER,
    "column" INTEGER,
    "field" TEXT COLLATE "C",
    "value" TEXT COLLATE "C",
    "message" TEXT COLLATE "C" NOT NULL,
    "expected" TEXT COLLATE "C",
    "fix" TEXT COLLATE "C",

    CONSTRAINT "Problem_pkey" PRIMARY KEY ("path","position")
);

-- CreateTable
CREATE TABLE "ContentVersion" (
    "number" INTEGER NOT NULL,
    "publicNumber" INTEGER NOT NULL,
    "digest" TEXT COLLATE "C" NOT NULL,
    "publicDigest" TEXT COLLATE "C" NOT NULL,
    "syncedAt" TEXT COLLATE "C" NOT NULL,
    "publicSyncedAt" TEXT COLLATE "C" NOT NULL,
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
    "publicRelatedLinks" INTEGER NOT NULL,

    CONSTRAINT "ContentVersion_pkey" PRIMARY KEY ("number")
);

-- CreateTable
CREATE TABLE "HiddenCount" (
    "reason" TEXT COLLATE "C" NOT NULL,
    "position" INTEGER NOT NULL,
    "articles" INTEGER NOT NULL,

    CONSTRAINT "HiddenCount_pkey" PRIMARY KEY ("reason")
);

-- CreateTable
CREATE TABLE "Change" (
    "audience" TEXT COLLATE "C" NOT NULL,
    "articleId" TEXT COLLATE "C" NOT NULL,
    "slug" TEXT COLLATE "C" NOT NULL,
    "version" INTEGER NOT NULL,
    "firstVersion" INTEGER NOT NULL,
    "hiddenVersion" INTEGER,
    "isRemoved" SMALLINT NOT NULL,

    CONSTRAINT "Change_pkey" PRIMARY KEY ("audience","articleId")
);

-- CreateTable
CREATE TABLE "SyncState" (
    "id" INTEGER NOT NULL,
    "folder" TEXT COLLATE "C" NOT NULL,
    "format" TEXT COLLATE "C" NOT NULL,
    "problemsDigest" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "SyncState_pkey" PRIMARY KEY ("id")
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
CREATE INDEX "ArticleCategory_categoryId_isPublic_publishedAtDesc_article_idx" ON "ArticleCategory"("categoryId", "isPublic", "publishedAtDesc", "articleId");

-- CreateIndex
CREATE INDEX "ArticleCategory_categoryId_isPublic_publishedAtAsc_articleI_idx" ON "ArticleCategory"("categoryId", "isPublic", "publishedAtAsc", "articleId");

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

-- AddForeignKey
ALTER TABLE "Article" ADD CONSTRAINT "Article_providerId_fkey" FOREIGN KEY ("providerId") REFERENCES "Provider"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ArticleText" ADD CONSTRAINT "ArticleText_articleId_fkey" FOREIGN KEY ("articleId") REFERENCES "Article"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ArticleAlias" ADD CONSTRAINT "ArticleAlias_articleId_fkey" FOREIGN KEY ("articleId") REFERENCES "Article"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ArticleTopic" ADD CONSTRAINT "ArticleTopic_articleId_fkey" FOREIGN KEY ("articleId") REFERENCES "Article"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ArticleTopic" ADD CONSTRAINT "ArticleTopic_topicId_fkey" FOREIGN KEY ("topicId") REFERENCES "Topic"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ArticleCategory" ADD CONSTRAINT "ArticleCategory_articleId_fkey" FOREIGN KEY ("articleId") REFERENCES "Article"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ArticleCategory" ADD CONSTRAINT "ArticleCategory_categoryId_fkey" FOREIGN KEY ("categoryId") REFERENCES "Category"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Image" ADD CONSTRAINT "Image_articleId_fkey" FOREIGN KEY ("articleId") REFERENCES "Article"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Image" ADD CONSTRAINT "Image_relatedLinkId_fkey" FOREIGN KEY ("relatedLinkId") REFERENCES "RelatedLink"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RelatedLink" ADD CONSTRAINT "RelatedLink_sourceId_fkey" FOREIGN KEY ("sourceId") REFERENCES "Article"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RelatedLink" ADD CONSTRAINT "RelatedLink_articleId_fkey" FOREIGN KEY ("articleId") REFERENCES "Article"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "RelatedLink" ADD CONSTRAINT "RelatedLink_providerId_fkey" FOREIGN KEY ("providerId") REFERENCES "Provider"("id") ON DELETE SET NULL ON UPDATE CASCADE;
