// Files as clients send them: pictures as photos, Ogg sounds as voice messages, others as files.

const PICTURES = ["image/jpeg", "image/png", "image/webp"];
const VOICES = ["audio/ogg", "audio/opus"];
const LONGEST_SIDE = 1280;
const THINNEST = 20;
const QUALITY = 0.87;
const ALBUMS = { documents: 10, photos: 10, voice: 1 };

export const isPicture = (file) => PICTURES.includes(file.type);
export const isVoice = (file) => VOICES.includes(file.type);

/** The files in their order, as {kind, files}: one message or album each. */
export async function parcelsOf(files, asFiles) {
  const parcels = [];
  for (const file of files) {
    const { kind, content } = await made(file, asFiles);
    const last = parcels.at(-1);
    const fits = last?.kind === kind && last.files.length < ALBUMS[kind];
    if (fits) last.files.push(content);
    else parcels.push({ kind, files: [content] });
  }
  return parcels;
}

async function made(file, asFiles) {
  if (!asFiles && isVoice(file)) return { kind: "voice", content: file };
  const photo = !asFiles && isPicture(file) ? await photoOf(file) : null;
  return photo ? { kind: "photos", content: photo } : { kind: "documents", content: file };
}

/** A picture as clients send it: a JPEG of at most 1280 pixels; null where it makes no photo. */
async function photoOf(file) {
  const picture = await createImageBitmap(file).catch(() => null);
  if (!picture) return null;
  const { width, height } = picture;
  if (Math.max(width, height) > THINNEST * Math.min(width, height)) return null;
  const scale = Math.min(1, LONGEST_SIDE / Math.max(width, height));
  const canvas = new OffscreenCanvas(
    Math.max(1, Math.round(width * scale)),
    Math.max(1, Math.round(height * scale)),
  );
  const paper = canvas.getContext("2d");
  paper.fillStyle = "white"; // for where the picture lets light through
  paper.fillRect(0, 0, canvas.width, canvas.height);
  paper.imageSmoothingQuality = "high";
  paper.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: QUALITY });
  return new File([blob], file.name, { type: blob.type });
}
