package api

// NewPicture is a file to keep as a picture.
type NewPicture struct {
	File []byte `json:"file" doc:"Base64; a PNG, JPEG or GIF picture of 6 MB and 8 million points at most"`
}

// KeptPicture is a picture as it is kept.
type KeptPicture struct {
	ID     string `json:"id" doc:"By which questions name it"`
	Width  int    `json:"width" doc:"2,000 at most: larger ones are scaled down"`
	Height int    `json:"height"`
	Bytes  int    `json:"bytes" doc:"Of what is kept, 1 MB at most"`
}
