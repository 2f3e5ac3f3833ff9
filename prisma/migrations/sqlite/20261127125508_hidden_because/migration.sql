-- AlterTable
ALTER TABLE "Article" ADD COLUMN "hiddenBecause" TEXT NOT NULL DEFAULT '[]';

-- AlterTable
ALTER TABLE "Article" ADD COLUMN "expiresAt" DATETIME;
